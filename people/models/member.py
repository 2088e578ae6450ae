from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ui.addresses import address_of


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, member: Any) -> "MemberQuerySet":
        """Whose profile page there is: who said so, and one's own."""
        shown = models.Q(is_visible=True, is_active=True)
        return self.filter(shown | models.Q(pk=getattr(member, "pk", None)))

    def shown_to_all(self) -> "MemberQuerySet":
        return self.filter(is_visible=True, is_active=True)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("Officer")
        COUNCILLOR = "councillor", _("Councillor")
        THIRD_SECTOR = "third sector", _("Third sector")
        OTHER = "other", _("Other")

    class Language(models.TextChoices):
        WELSH = "cy", "Cymraeg"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OFFICER)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    portfolio = models.CharField(_("portfolio"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    bio = models.TextField(_("about you"), max_length=1500, blank=True)
    is_visible = models.BooleanField(_("show my profile page to everybody"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="people_member_email_folded")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("people:member", self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # allauth saves a new member once before the name is known.
        if self.name and not self.slug:
            self.slug = _free_slug(self.name)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def confirmed_emails(self) -> list[str]:
        """The addresses that are proved to be theirs; only these count for joining an organisation."""
        return [row.email.lower() for row in self.emailaddress_set.all() if row.verified]  # type: ignore[attr-defined]

    @property
    def role_text(self) -> str:
        """What they do, in their own words: a councillor's portfolio, or else a job title."""
        return (self.portfolio or self.job_title) if self.kind == self.Kind.COUNCILLOR else self.job_title

    @role_text.setter
    def role_text(self, text: str) -> None:
        """One question asks for it; the kind says where it belongs."""
        is_councillor = self.kind == self.Kind.COUNCILLOR
        self.portfolio, self.job_title = (text, "") if is_councillor else ("", text)


def _free_slug(name: str) -> str:
    """`mair-owen`, or `mair-owen-k3f9` where that is taken: a figure would say how many there are."""
    base = slugify(name)[:120] or "member"
    slug = base
    while Member.objects.filter(slug=slug).exists():
        slug = f"{base}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return slug
