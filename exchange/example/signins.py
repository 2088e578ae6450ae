"""Demonstration members, one for each part that a person can play. Only for a database that is the example, and only in development."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from people.models import Member, Membership, Organisation

PASSWORD = "exchange-of-ideas"  # nosec B105 - for the example in development, and printed at the start
# name, e-mail, kind, job title, portfolio, language, organisation, role
CAST = [
    ("Owain Prys", "organiser@example.wales", "officer", "Good practice manager", "", "en", "audit-wales", "organiser"),
    ("Mari Llwyd", "officer@example.wales", "officer", "Digital services officer", "", "cy", "gwynedd-council", "contributor"),
    ("Elin Rhys", "editor@example.wales", "officer", "Improvement lead", "", "cy", "gwynedd-council", "editor"),
    ("Tom Bevan", "councillor@example.wales", "councillor", "", "Finance and transformation", "en", "powys-county-council", "contributor"),
    ("Sioned Haf", "staff@example.wales", "officer", "Exchange staff", "", "en", "audit-wales", "organiser"),
]  # fmt: skip


def add_sign_ins() -> None:
    for name, email, kind, job, portfolio, language, organisation, role in CAST:
        member, _new = Member.objects.get_or_create(
            email=email,
            defaults={
                "name": name,
                "slug": slugify(name),
                "kind": kind,
                "job_title": job,
                "portfolio": portfolio,
                "language": language,
                "is_visible": True,
                "is_staff": email.startswith("staff@"),
                "is_superuser": email.startswith("staff@"),
                "password": make_password(PASSWORD),
            },
        )
        EmailAddress.objects.get_or_create(
            user=member, email=email, defaults={"verified": True, "primary": True}
        )
        Membership.objects.get_or_create(
            member=member,
            organisation=Organisation.objects.get(slug=organisation),
            defaults={"role": role, "confirmed_at": timezone.now()},
        )


def sign_ins_in_words() -> str:
    lines = [f"Demonstration sign-ins (password: {PASSWORD}):"]
    for name, email, _kind, job, portfolio, _language, organisation, role in CAST:
        lines.append(f"  {email:28}{name}, {job or portfolio}, {role} for {organisation}")
    return "\n".join(lines)
