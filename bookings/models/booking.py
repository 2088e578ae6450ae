from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings import tokens
from bookings.models.pool import Pool
from people.models import Member, Organisation
from seminars.models import SeminarDate
from ui.folding import fold, fold_email

LINK_LASTS = timedelta(days=7)


class Group(models.Model):
    """People booked together; a whole group comes together or waits together."""

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="+")
    is_whole = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pk}"


class BookingQuerySet(models.QuerySet["Booking"]):
    def live(self) -> "BookingQuerySet":
        return self.filter(state__in=Booking.LIVE)

    def booked(self) -> "BookingQuerySet":
        """Those who come, came, or did not come all the same."""
        return self.filter(state__in=Booking.BOOKED)

    def holding(self) -> "BookingQuerySet":
        """Those that hold a seat."""
        return self.filter(state__in=Booking.HOLDING)

    def confirmed(self) -> "BookingQuerySet":
        return self.filter(state=Booking.State.CONFIRMED)

    def in_queue(self) -> "BookingQuerySet":
        """Those who wait, in the order in which they are offered a seat."""
        return self.filter(state=Booking.State.WAITING).order_by("-priority", "queued_at", "pk")

    def search(self, words: str) -> "BookingQuerySet":
        """Those whose name holds every word, or whose code or address it is, or begins it."""
        folded = fold(words)
        if not folded:
            return self
        named = Q()
        for word in folded.split():
            named &= Q(name_folded__contains=word)
        return self.filter(
            named | Q(code=folded.replace(" ", "").upper()) | Q(email_folded__startswith=fold_email(words))
        )

    def by_token(self, token: str) -> "BookingQuerySet":
        """The booking that a link manages, until a week after the date."""
        return self.filter(
            token_hash=tokens.hashed(token), seminar_date__ends_at__gt=timezone.now() - LINK_LASTS
        )

    def by_later_token(self, token: str) -> "BookingQuerySet":
        """The booking behind a link for feedback and commitments, as long as the booking has a name."""
        return self.filter(later_hash=tokens.hashed(token), anonymised_at=None)


class Booking(models.Model):
    """A delegate's request for a seat on a date. `str()` gives its code and never a name: logs and the audit show it."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        WAITING = "waiting", _("In the queue")
        OFFERED = "offered", _("Offered a place")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Offer has ended")
        LEFT = "left", _("Left the queue")
        CANCELLED = "cancelled", _("Cancelled")
        ATTENDED = "attended", _("Attended")
        NO_SHOW = "no show", _("Did not come")

    # Those whose seat is theirs, and not only kept for them.
    BOOKED = (State.CONFIRMED, State.ATTENDED, State.NO_SHOW)
    HOLDING = (State.OFFERED, *BOOKED)
    LIVE = (State.REQUESTED, State.WAITING, *HOLDING)
    # What may follow what; a state that is not a key never changes.
    NEXT = {
        State.REQUESTED: (State.CONFIRMED, State.DECLINED),
        State.WAITING: (State.OFFERED, State.LEFT),
        State.OFFERED: (State.CONFIRMED, State.DECLINED, State.LAPSED),
        State.CONFIRMED: (State.CANCELLED, State.ATTENDED, State.NO_SHOW),
    }

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    seminar_date = models.ForeignKey(SeminarDate, models.PROTECT, related_name="bookings")
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=10, choices=State)
    # Read out at the door, and typed there: unique on a date.
    code = models.CharField(max_length=6)

    name = models.CharField(_("name"), max_length=120)
    # For finding people by their names, whatever the accents.
    name_folded = models.CharField(max_length=240, blank=True, editable=False)
    # Empty for somebody booked by a colleague who gave none: letters go to the colleague then.
    email = models.EmailField(_("e-mail address"), blank=True)
    email_folded = models.CharField(max_length=254, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Member.Kind, default=Member.Kind.OFFICER)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Member.Language, default=Member.Language.ENGLISH
    )
    is_on_list = models.BooleanField(_("other delegates may see my name and organisation"), default=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="bookings"
    )
    booked_by_name = models.CharField(max_length=120, blank=True)
    booked_by_email = models.EmailField(blank=True)
    # At the door nobody is asked for more than a name.
    came_without_booking = models.BooleanField(default=False)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="bookings")
    # One for each time that the form was opened: the same form sent twice books once.
    request_key = models.UUIDField(null=True, blank=True, editable=False)
    request_place = models.PositiveSmallIntegerField(default=0, editable=False)

    created_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)
    priority_reason = models.CharField(max_length=200, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # An organiser's words to the delegate, on declining or cancelling.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # The booking on another date of the seminar that is given back once this one is won.
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    feedback_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    # RFC 5545, 3.8.4.7: a booking that moves to another date keeps its UID, so that the entry moves in the calendar.
    calendar_uid = models.UUIDField(default=uuid4, editable=False)
    ical_sequence = models.PositiveIntegerField(default=0)

    # What the secret links are made from (`bookings.tokens`); only their hashes are kept.
    nonce = models.CharField(max_length=24, default=tokens.new_nonce, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    later_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seminar_date", "email_folded"],
                condition=Q(state__in=["requested", "waiting", "offered", "confirmed", "attended", "no show"])
                & ~Q(email_folded=""),
                name="bookings_one_live_booking_each",
            ),
            models.UniqueConstraint(fields=["seminar_date", "code"], name="bookings_code_once"),
            models.UniqueConstraint(fields=["request_key", "request_place"], name="bookings_request_once"),
            models.CheckConstraint(
                condition=Q(state="offered", offer_expires_at__isnull=False)
                | (~Q(state="offered") & Q(offer_expires_at__isnull=True)),
                name="bookings_offered_exactly_with_an_expiry",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "offered"]) | Q(queued_at__isnull=False),
                name="bookings_who_waits_was_queued",
            ),
            models.CheckConstraint(
                condition=Q(priority=0) | ~Q(priority_reason=""), name="bookings_priority_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(email="")
                | ~Q(booked_by_email="")
                | Q(came_without_booking=True)
                | Q(anonymised_at__isnull=False),
                name="bookings_somebody_can_be_written_to",
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "state", "-priority", "queued_at", "id"], name="bookings_queue"),
            models.Index(fields=["seminar_date", "state"], name="bookings_of_date"),
            models.Index(fields=["seminar_date", "name_folded", "id"], name="bookings_by_name"),
            models.Index(
                fields=["offer_expires_at"], condition=Q(state="offered"), name="bookings_offers_ending"
            ),
            models.Index(fields=["email_folded"], name="bookings_email"),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> "Booking":
        """Fill in what follows from the rest; also for rows that are written in bulk."""
        self.email_folded = fold_email(self.email)
        # Some signs are folded into many letters.
        self.name_folded = fold(self.name)[:240]
        self.code = self.code or tokens.new_code()
        self.token_hash = self.token_hash or tokens.hashed(self.token)
        self.later_hash = self.later_hash or tokens.hashed(self.later_token)
        return self

    @property
    def token(self) -> str:
        """What the managing link holds. Made anew from the nonce whenever it is needed, and kept nowhere."""
        return tokens.make("manage", self.uuid, self.nonce)

    @property
    def later_token(self) -> str:
        """What the links for feedback and commitments hold: they live longer, and manage nothing."""
        return tokens.make("afterwards", self.uuid, self.nonce)

    @property
    def address(self) -> str:
        """Where letters go."""
        return self.email or self.booked_by_email

    @property
    def affiliation(self) -> str:
        return self.organisation.tr("name") if self.organisation else self.organisation_name

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def holds_seat(self) -> bool:
        return self.state in self.HOLDING

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_settled(self) -> bool:
        """The day is over for it: they came, or they did not."""
        return self.state in {self.State.ATTENDED, self.State.NO_SHOW}

    @property
    def sequence(self) -> int:
        """RFC 5545, 3.8.7.4, of its calendar entry: it only rises."""
        return self.seminar_date.ical_sequence + self.ical_sequence

    def become(self, state: str, **fields: Any) -> bool:
        """Go to another state, if it is still in the one that this object was read in. False: somebody was first.

        The caller holds the pools of the date (`bookings.seats.holding`) and looks after seats.
        """
        if state not in self.NEXT.get(self.State(self.state), ()):
            return False
        fields.setdefault("offer_expires_at", None)
        now: datetime = timezone.now()
        if state not in self.NEXT:
            fields.setdefault("ended_at", now)
        if state == self.State.CONFIRMED:
            fields.setdefault("confirmed_at", now)
        changed = Booking.objects.filter(pk=self.pk, state=self.state).update(state=state, **fields)
        if changed:
            self.state = state
            for name, value in fields.items():
                setattr(self, name, value)
            if state not in self.LIVE:
                # Who does not come needs nothing.
                self.needs.all().delete()
        return bool(changed)
