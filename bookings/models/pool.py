from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from seminars.models import SeminarDate


class PoolQuerySet(models.QuerySet["Pool"]):
    def held(self) -> "PoolQuerySet":
        """Without those of a way in which their date is not held any more."""
        only = SeminarDate.Attendance
        return self.exclude(
            Q(attendance=Pool.Attendance.IN_PERSON, seminar_date__attendance=only.ONLINE)
            | Q(attendance=Pool.Attendance.ONLINE, seminar_date__attendance=only.IN_PERSON)
        )


class Pool(models.Model):
    """The seats of a date for one way of taking part. `taken` is owned by `bookings.seats`, and by nothing else."""

    class Attendance(models.TextChoices):
        IN_PERSON = "in person", _("In person")
        ONLINE = "online", _("Online")

    seminar_date = models.ForeignKey(SeminarDate, models.PROTECT, related_name="pools")
    attendance = models.CharField(_("attendance"), max_length=10, choices=Attendance)
    capacity = models.PositiveIntegerField(_("places"))
    # Above the capacity, given by an organiser with a reason that is audited.
    extra = models.PositiveIntegerField(_("extra places"), default=0)
    # The extra goes as seats are given back: it stands only for a capacity that was lowered below what was taken.
    sheds_extra = models.BooleanField(default=False)
    taken = models.PositiveIntegerField(default=0, editable=False)

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering = ["seminar_date", "attendance"]
        constraints = [
            models.UniqueConstraint(fields=["seminar_date", "attendance"], name="bookings_one_pool_each_way"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity") + F("extra")), name="bookings_pool_not_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_date}, {self.get_attendance_display()}"

    @property
    def seats(self) -> int:
        return self.capacity + self.extra

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)

    @property
    def is_full(self) -> bool:
        return self.taken >= self.seats
