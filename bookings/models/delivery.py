import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings import tokens
from bookings.models.booking import Booking
from people.models import Organisation
from seminars.models import Seminar, SeminarDate
from ui.bilingual import Bilingual
from ui.folding import fold_email


class MassMessage(Bilingual):
    """A message that an organiser wrote to a selection of a date's delegates, in both languages."""

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="mass_messages")
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    subject_cy = models.CharField(_("subject in Welsh"), max_length=150, blank=True)
    body_en = models.TextField(_("message in English"), max_length=5000, blank=True)
    body_cy = models.TextField(_("message in Welsh"), max_length=5000, blank=True)
    # Those who unsubscribed still receive what is about their own booking.
    is_about_the_booking = models.BooleanField(default=True)
    # The selection in words of the form: {"states": [...], "run": "12", ...}; no address.
    audience = models.JSONField(default=dict)
    # 0 for a draft.
    sent_to = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"{self.seminar_date}, {self.pk}"

    @property
    def is_sent(self) -> bool:
        return self.sent_to > 0


class LetterTemplate(models.Model):
    """An organiser's own wording of a letter, for one seminar or for all of an organisation; ours stands otherwise."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="letter_templates")
    seminar = models.ForeignKey(
        Seminar, models.CASCADE, related_name="letter_templates", null=True, blank=True
    )
    kind = models.CharField(max_length=16)
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    subject_cy = models.CharField(_("subject in Welsh"), max_length=150, blank=True)
    body_en = models.TextField(_("text in English"), max_length=5000, blank=True)
    body_cy = models.TextField(_("text in Welsh"), max_length=5000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(seminar=None),
                name="bookings_letter_of_organisation",
            ),
            models.UniqueConstraint(fields=["seminar", "kind"], name="bookings_letter_of_seminar"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.kind}"


class Delivery(models.Model):
    """A letter in the outbox. The row is the truth; tasks only wake up whoever sends it.

    It keeps what the letter is about, and not its text: that is written when it leaves, from what is true then.
    """

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("Confirmation")
        REQUESTED = "requested", _("Request received")
        QUEUED = "queued", _("In the queue")
        OFFER = "offer", _("Offer of a place")
        OFFER_EXPIRING = "offer expiring", _("Offer about to end")
        LAPSED = "lapsed", _("Offer has ended")
        DECLINED = "declined", _("Request declined")
        CHANGE = "change", _("Change")
        CANCELLATION = "cancellation", _("Booking cancelled")
        DATE_CANCELLED = "date cancelled", _("Date cancelled")
        HANDED_OVER = "handed over", _("Handed over")
        REMINDER = "reminder", _("Reminder")
        JOINING = "joining", _("Joining details")
        THANKS = "thanks", _("Thanks, and feedback")
        FOLLOW_UP = "follow-up", _("What came of a commitment")
        LINK = "link", _("The link again")
        MESSAGE = "message", _("Message from the organisers")

    class State(models.TextChoices):
        DUE = "due", _("To be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        DROPPED = "dropped", _("No longer needed")

    class Calendar(models.TextChoices):
        NONE = ""
        REQUEST = "REQUEST"
        CANCEL = "CANCEL"

    uuid = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # its Message-ID, however often it is tried
    kind = models.CharField(max_length=16, choices=Kind)
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="deliveries")
    message = models.ForeignKey(MassMessage, models.CASCADE, related_name="deliveries", null=True, blank=True)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="en")
    calendar = models.CharField(max_length=8, choices=Calendar, default=Calendar.NONE, blank=True)
    # What the letter tells besides the booking as it stands; never a token or a need.
    detail = models.JSONField(default=dict)
    # Written once however often it is asked for, for example "reminder 24 h before 2026-09-13".
    once = models.CharField(max_length=120, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["booking", "once"], name="bookings_letter_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["due", "sending"]), name="bookings_outbox")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def recipient(self) -> str:
        """Where it goes if it is sent once more: to whoever has the booking now, unless it tells that they had it."""
        theirs = self.kind != self.Kind.HANDED_OVER and self.booking.address
        return theirs or self.to


class BouncedAddress(models.Model):
    """An address that letters come back from."""

    folded = models.CharField(max_length=254, unique=True)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"

    @staticmethod
    def fold(address: str) -> str:
        return fold_email(address)


class Unsubscription(models.Model):
    """That an address wants no more of an organisation's messages that are not about a booking itself.

    It is kept for ever, and therefore not the address but what `hashed` makes of it with the site's key.
    """

    address_hash = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash", "organisation"], name="bookings_unsubscribed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @staticmethod
    def hashed(address: str) -> str:
        return tokens.address_hash(fold_email(address))
