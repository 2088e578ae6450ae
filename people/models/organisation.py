from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import access
from people.domains import tidy
from people.models.audit import AuditEvent
from people.models.role import Role
from people.refusal import Refused
from ui.addresses import address_of
from ui.bilingual import Bilingual, at_least_one
from ui.folding import fold

if TYPE_CHECKING:
    from people.models.member import Member


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def named_like(self, words: str) -> "OrganisationQuerySet":
        """Those whose name holds every word, in either language, whatever its case and accents."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found

    def in_wales(self) -> "OrganisationQuerySet":
        return self.filter(nation=Organisation.Nation.WALES)

    def for_email(self, email: str) -> "OrganisationQuerySet":
        """Those that claim the domain of an e-mail address."""
        return self.filter(domains__domain=email.rpartition("@")[2].lower())

    def open_to(self, member: "Member") -> "OrganisationQuerySet":
        """Those that the member may join by a confirmed address, and has not joined."""
        domains = {email.rpartition("@")[2] for email in member.confirmed_emails()}
        joined = member.memberships.confirmed().values("organisation")
        return self.filter(domains__domain__in=domains).exclude(pk__in=joined).distinct()


class Organisation(Bilingual):
    """A public body or partner that takes part."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        COMBINED_AUTHORITY = "combined authority", _("Combined authority")
        HEALTH = "health", _("Health")
        POLICE = "police", _("Police")
        FIRE_AND_RESCUE = "fire and rescue", _("Fire and rescue")
        NATIONAL_PARK = "national park", _("National park")
        GOVERNMENT = "government", _("Government")
        NATIONAL_BODY = "national body", _("National body")
        MEMBERSHIP_BODY = "membership body", _("Membership body")
        THIRD_SECTOR = "third sector", _("Third sector")
        EDUCATION = "education", _("Education")
        OTHER = "other", _("Other")

    class Nation(models.TextChoices):
        WALES = "Wales", _("Wales")
        ENGLAND = "England", _("England")
        SCOTLAND = "Scotland", _("Scotland")
        NORTHERN_IRELAND = "Northern Ireland", _("Northern Ireland")

    class Region(models.TextChoices):
        NORTH_WALES = "North Wales", _("North Wales")
        MID_WALES = "Mid Wales", _("Mid Wales")
        SOUTH_WEST_WALES = "South West Wales", _("South West Wales")
        SOUTH_EAST_WALES = "South East Wales", _("South East Wales")
        NATIONAL = "National", _("All of Wales")
        EAST_MIDLANDS = "East Midlands", _("East Midlands")
        EAST_OF_ENGLAND = "East of England", _("East of England")
        LONDON = "London", _("London")
        NORTH_EAST = "North East", _("North East of England")
        NORTH_WEST = "North West", _("North West of England")
        SOUTH_EAST = "South East", _("South East of England")
        SOUTH_WEST = "South West", _("South West of England")
        WEST_MIDLANDS = "West Midlands", _("West Midlands")
        YORKSHIRE = "Yorkshire and The Humber", _("Yorkshire and The Humber")
        SCOTLAND = "Scotland", _("Scotland")
        NORTHERN_IRELAND = "Northern Ireland", _("Northern Ireland")

    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_cy = models.CharField(_("name in Welsh"), max_length=200, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation)
    region = models.CharField(_("region"), max_length=30, choices=Region)
    gss_code = models.CharField(_("GSS code"), max_length=9, unique=True, null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    about_cy = models.TextField(_("about, in Welsh"), blank=True)
    folded = models.CharField(max_length=420, editable=False, db_index=True)

    objects = OrganisationQuerySet.as_manager()
    bilingual_required = ("name",)

    class Meta:
        ordering = ["name_en"]
        constraints = [at_least_one("name")]

    def __str__(self) -> str:
        return self.tr("name")

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(f"{self.name_en} {self.name_cy}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return address_of("people:organisation", self.slug)

    def can_be_edited_by(self, member: Any) -> bool:
        """Its own words and its members: its editors."""
        return access.has_role(member, Role.EDITOR, self.pk)

    def domains_can_be_changed_by(self, member: Any) -> bool:
        """A domain lets people in by themselves: only staff say which ones are the organisation's."""
        return bool(getattr(member, "is_staff", False) and member.is_active)

    @transaction.atomic
    def claim(self, text: str, *, by: "Member") -> "EmailDomain":
        """Let confirmed addresses of this domain join by themselves."""
        domain = tidy(text)
        taken = EmailDomain.objects.filter(domain=domain).select_related("organisation").first()
        if taken:
            raise Refused(
                gettext("%(organisation)s has this domain already") % {"organisation": taken.organisation}
            )
        claimed = EmailDomain.objects.create(organisation=self, domain=domain)
        AuditEvent.record(by, "domain-added", self, domain=domain)
        return claimed


class EmailDomain(models.Model):
    """A domain whose confirmed addresses may join the organisation by themselves."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domains")
    domain = models.CharField(_("domain"), max_length=120, unique=True)

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    @transaction.atomic
    def give_up(self, *, by: "Member") -> None:
        """Nobody joins by this domain any more; who has joined stays."""
        AuditEvent.record(by, "domain-removed", self.organisation, domain=self.domain)
        self.delete()
