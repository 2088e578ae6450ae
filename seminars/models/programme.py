from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from seminars.models.date import Slot
from seminars.models.seminar import Seminar
from seminars.models.venue import Room
from ui.addresses import address_of
from ui.bilingual import Bilingual, at_least_one
from ui.markdown import MarkdownField, RenderedField


class Session(Bilingual):
    """A plenary, workshop, panel, discussion or break in a seminar's programme."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary")
        WORKSHOP = "workshop", _("Workshop")
        PANEL = "panel", _("Panel")
        DISCUSSION = "discussion", _("Discussion")
        BREAK = "break", _("Break")

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WORKSHOP)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    abstract_en = MarkdownField(_("abstract in English"))
    abstract_en_html = RenderedField("abstract_en")
    abstract_cy = MarkdownField(_("abstract in Welsh"))
    abstract_cy_html = RenderedField("abstract_cy")
    position = models.PositiveSmallIntegerField(default=0)

    bilingual_required = ("title",)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [at_least_one("title")]

    def __str__(self) -> str:
        return self.tr("title")


class Speaker(Bilingual):
    """A person on sessions, with or without an account; the same row wherever they speak, so that one page tells it all."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("Officer")
        COUNCILLOR = "councillor", _("Councillor")
        THIRD_SECTOR = "third sector", _("Third sector")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="speaker"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("organisation"),
    )
    # For somebody from a body that takes no part in the exchange.
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OFFICER)
    role_en = models.CharField(_("role in English"), max_length=160, blank=True)
    role_cy = models.CharField(_("role in Welsh"), max_length=160, blank=True)
    bio_en = models.TextField(_("biography in English"), max_length=2000, blank=True)
    bio_cy = models.TextField(_("biography in Welsh"), max_length=2000, blank=True)
    # Only the organisers see it; the invitation goes there.
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("seminars:speaker", self.slug)

    @property
    def affiliation(self) -> str:
        """The organisation's name in the reader's language, or the one that was typed."""
        return self.organisation.tr("name") if self.organisation else self.organisation_name


class BillingQuerySet(models.QuerySet["Billing"]):
    def live(self) -> "BillingQuerySet":
        return self.exclude(state__in=[Billing.State.DECLINED, Billing.State.WITHDRAWN])


class Billing(models.Model):
    """A speaker on a session, in order; two in order make a double act."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    session = models.ForeignKey(Session, models.CASCADE, related_name="billings")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="billings")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    token_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = BillingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "speaker"], name="seminars_billed_once")]

    def __str__(self) -> str:
        return f"{self.speaker} – {self.session}"

    @property
    def is_live(self) -> bool:
        return self.state not in {self.State.DECLINED, self.State.WITHDRAWN}


class Run(models.Model):
    """One holding of a session: in a slot, in a room, with a capacity. A repeated workshop has several."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="runs")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="runs")
    room = models.ForeignKey(
        Room, models.PROTECT, related_name="runs", null=True, blank=True, verbose_name=_("room")
    )
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    # Owned by booking, and by nothing else.
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["slot__starts_at", "session__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "room"], name="seminars_one_run_a_slot_and_room"),
            models.CheckConstraint(
                condition=models.Q(taken=0) | models.Q(taken__lte=models.F("capacity")),
                name="seminars_run_not_oversold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.slot}"


class RunSpeaker(models.Model):
    """That a live speaker is in a slot because of a run; its constraint keeps anybody out of two runs at once.

    Kept in step by `seminars.programme`: slots of one date do not overlap, so the same slot means the same time.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="run_speakers")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="+")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="run_speakers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "speaker"], name="seminars_speaker_in_one_run_at_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.slot}"
