import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import AuditEvent
from people.refusal import Refused
from seminars import news
from seminars.locks import changing
from seminars.models.seminar import Seminar
from seminars.models.venue import Venue
from seminars.slugs import free_slug
from ui.addresses import address_of


def validate_timezone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is not a time zone, like Europe/London") % {"name": name})


class SeminarDateQuerySet(models.QuerySet["SeminarDate"]):
    def public(self) -> "SeminarDateQuerySet":
        return self.filter(seminar__state__in=[Seminar.State.PUBLISHED, Seminar.State.ARCHIVED])

    def upcoming(self, now: datetime | None = None) -> "SeminarDateQuerySet":
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime | None = None) -> "SeminarDateQuerySet":
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at")

    def scheduled(self) -> "SeminarDateQuerySet":
        return self.filter(state=SeminarDate.State.SCHEDULED)


class SeminarDate(models.Model):
    """One holding of a seminar: a start and an end in UTC, and the time zone in which they are told."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        CANCELLED = "cancelled", _("Cancelled")

    class Attendance(models.TextChoices):
        IN_PERSON = "in person", _("In person")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In person and online")

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="dates")
    # The address of its page, and the UID of its calendar entry: neither changes when the date moves.
    slug = models.SlugField(max_length=120)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(
        _("time zone"), max_length=40, default="Europe/London", validators=[validate_timezone]
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, related_name="dates", null=True, blank=True, verbose_name=_("venue")
    )
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance, default=Attendance.IN_PERSON
    )
    booking_opens_at = models.DateTimeField(_("booking opens"), null=True, blank=True)
    booking_closes_at = models.DateTimeField(_("booking closes"), null=True, blank=True)
    # Private until booking shows them to confirmed delegates: no public page, feed or calendar file may carry them.
    joining_instructions_en = models.TextField(_("joining instructions in English"), blank=True)
    joining_instructions_cy = models.TextField(_("joining instructions in Welsh"), blank=True)
    joining_link = models.URLField(_("joining link"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    state_reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    state_reason_cy = models.CharField(_("reason in Welsh"), max_length=300, blank=True)
    moved_from = models.DateTimeField(_("moved from"), null=True, blank=True)
    # RFC 5545, 3.8.7.4: rises whenever what a calendar shows has changed.
    ical_sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SeminarDateQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="seminars_date_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["seminar", "slug"], name="seminars_date_slug_once"),
            models.CheckConstraint(
                condition=models.Q(attendance="online") | models.Q(venue__isnull=False),
                name="seminars_date_in_person_has_a_venue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar} {self.local_start:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            # Made once, from where and when it was first planned: moving it must not break its address.
            where = (
                (self.venue.town_en or self.venue.town_cy) if self.venue and self.is_in_person else "online"
            )
            others = SeminarDate.objects.filter(seminar_id=self.seminar_id)
            self.slug = free_slug(others, f"{where} {self.local_start:%Y-%m-%d}", fallback="date")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("seminars:date", self.seminar.slug, self.slug)

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def local_start(self) -> datetime:
        """The start as the clock on the wall of its place shows it."""
        return self.starts_at.astimezone(self.tz)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.tz)

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_past(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_in_person(self) -> bool:
        return self.attendance != self.Attendance.ONLINE

    @property
    def is_online(self) -> bool:
        return self.attendance != self.Attendance.IN_PERSON

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("The end must come after the start")
        if self.is_in_person and not self.venue_id:
            errors["venue"] = _("Choose a venue, or make this date online only")
        if errors:
            raise ValidationError(errors)

    def move(self, starts_at: datetime, ends_at: datetime, *, by: Any, timezone: str = "") -> None:
        """Hold it at another time, perhaps told in another time zone.

        Its slots go with it; refused where they would no longer lie within it.
        """
        with changing(self.seminar):
            self.refresh_from_db()
            if ends_at <= starts_at:
                raise Refused(gettext("The end must come after the start."))
            if self.is_cancelled:
                raise Refused(gettext("This date is cancelled. Reinstate it before you move it."))
            zone = timezone or self.timezone
            if (starts_at, ends_at, zone) == (self.starts_at, self.ends_at, self.timezone):
                return
            before, shift = self.starts_at, starts_at - self.starts_at
            self._shift_slots(shift, ends_at)
            if shift and self.seminar.is_public:
                # A draft has told nobody of its first time.
                self.moved_from = before
            if shift and self.booking_closes_at:
                self.booking_closes_at += shift
            self.starts_at, self.ends_at, self.timezone = starts_at, ends_at, zone
            self.ical_sequence += 1
            self.save()
            AuditEvent.record(by, "moved", self, before=before.isoformat(), after=starts_at.isoformat())
            news.tell(self, "moved", by, before=before)

    def _shift_slots(self, shift: timedelta, ends_at: datetime) -> None:
        # The one furthest along goes first, so that no slot starts when another still does.
        slots = sorted(self.slots.all(), key=lambda slot: slot.starts_at, reverse=shift > timedelta(0))
        for slot in slots:
            if slot.ends_at + shift > ends_at:
                raise Refused(
                    gettext("The date would end before its slot %(slot)s does. Shorten the programme first.")
                    % {"slot": slot}
                )
            if shift:
                slot.starts_at, slot.ends_at = slot.starts_at + shift, slot.ends_at + shift
                slot.save(update_fields=["starts_at", "ends_at"])

    def relocate(self, venue: Venue | None, attendance: str, *, by: Any) -> list[str]:
        """Hold it elsewhere, or in another way. Rooms go over by name; what found none is told."""
        with changing(self.seminar):
            self.refresh_from_db()
            if (venue, attendance) == (self.venue, self.attendance):
                return []
            if attendance != self.Attendance.ONLINE and venue is None:
                raise Refused(gettext("Choose a venue, or make this date online only."))
            self.venue, self.attendance = venue, attendance
            self.ical_sequence += 1
            self.save()
            AuditEvent.record(by, "relocated", self, venue=str(venue or ""), attendance=attendance)
            notes = self._rehouse()
            news.tell(self, "relocated", by)
            return notes

    def _rehouse(self) -> list[str]:
        notes = []
        for slot in self.slots.prefetch_related("runs__room", "runs__session"):
            for run in slot.runs.all():
                if run.room and run.room.venue_id != self.venue_id:
                    lost, run.room = run.room, self.venue.room_like(run.room) if self.venue else None
                    run.save(update_fields=["room"])
                    if run.room is None:
                        notes.append(
                            gettext("“%(session)s” at %(time)s has lost its room, %(room)s.")
                            % {"session": run.session, "time": slot.clock, "room": lost}
                        )
        return notes

    def cancel(self, reason_en: str, reason_cy: str = "", *, by: Any) -> None:
        """Call it off, with a reason in words. Its page stays, so that whoever comes learns of it."""
        with changing(self.seminar):
            self.refresh_from_db()
            if not f"{reason_en}{reason_cy}".strip():
                raise Refused(gettext("Give a reason, in Welsh or in English."))
            if self.is_past:
                raise Refused(gettext("This date is over, and can no longer be cancelled."))
            if not self.is_cancelled:
                self._settle(by, "cancelled", self.State.CANCELLED, reason_en.strip(), reason_cy.strip())

    def reinstate(self, *, by: Any) -> None:
        """Hold it after all: everybody who had booked is told, so that it cannot be over."""
        with changing(self.seminar):
            self.refresh_from_db()
            if self.is_past:
                raise Refused(gettext("This date is over, and can no longer be held."))
            if self.is_cancelled:
                self._settle(by, "reinstated", self.State.SCHEDULED, "", "")

    def _settle(self, by: Any, verb: str, state: str, reason_en: str, reason_cy: str) -> None:
        self.state, self.state_reason_en, self.state_reason_cy = state, reason_en, reason_cy
        self.ical_sequence += 1
        self.save()
        AuditEvent.record(by, verb, self)
        news.tell(self, verb, by)

    def remove(self, *, by: Any) -> None:
        """Take away a date of a draft without trace; one that was public is cancelled instead."""
        with changing(self.seminar):
            self.seminar.refresh_from_db()
            if self.seminar.is_public:
                raise Refused(gettext("The seminar is public, so this date is cancelled and not removed."))
            news.tell(self, "removed", by)
            self.delete()


class Slot(models.Model):
    """A stretch of time on a seminar date. The slots of one date do not overlap."""

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="seminars_slot_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["seminar_date", "starts_at"], name="seminars_slot_start_once"),
        ]

    def __str__(self) -> str:
        start, end = (moment.astimezone(self.seminar_date.tz) for moment in (self.starts_at, self.ends_at))
        return f"{start:%H:%M}–{end:%H:%M}"

    @property
    def clock(self) -> str:
        """When it starts, as the clock on the wall of its place shows it."""
        return f"{self.starts_at.astimezone(self.seminar_date.tz):%H:%M}"
