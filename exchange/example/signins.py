"""Demonstration members, one for each part that a person can play. Only for a database that is the example, and only in development."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from learning.models import WriteUp
from people.models import Member, Membership, Organisation

# For the example in development, and printed at the start.
PASSWORD = "exchange-of-ideas"  # nosec B105
# Two bodies, because one has a write-up in review and the other a draft.
WALES = "vale-of-glamorgan-council natural-resources-wales"
# name, e-mail, kind, job title, portfolio, language, organisations, role
CAST = [
    ("Owain Prys", "organiser@example.wales", "officer", "Good practice manager", "", "en", "audit-wales", "organiser"),
    ("Mari Llwyd", "officer@example.wales", "officer", "Digital services officer", "", "cy", WALES, "contributor"),
    ("Elin Rhys", "editor@example.wales", "officer", "Improvement lead", "", "cy", WALES, "editor"),
    ("Tom Bevan", "councillor@example.wales", "councillor", "", "Finance and transformation", "en", "powys-county-council", "contributor"),
    ("Sioned Haf", "staff@example.wales", "officer", "Exchange staff", "", "en", "audit-wales", "organiser"),
]  # fmt: skip


def add_sign_ins() -> None:
    for name, email, kind, job, portfolio, language, organisations, role in CAST:
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
        for slug in organisations.split():
            Membership.objects.get_or_create(
                member=member,
                organisation=Organisation.objects.get(slug=slug),
                defaults={"role": role, "confirmed_at": timezone.now()},
            )
    officer = Member.objects.get(email="officer@example.wales")
    WriteUp.objects.filter(organisation__slug__in=WALES.split(), created_by=None).update(created_by=officer)


def sign_ins_in_words() -> str:
    lines = [f"Demonstration sign-ins (password: {PASSWORD}):"]
    for name, email, _kind, job, portfolio, _language, organisations, role in CAST:
        bodies = " and ".join(organisations.split())
        lines.append(f"  {email:28}{name}, {job or portfolio}, {role} for {bodies}")
    return "\n".join(lines)
