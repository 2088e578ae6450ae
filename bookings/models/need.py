from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Booking


class Need(models.Model):
    """What a delegate needs to take part or to eat: in a table of its own, with the day on which it is deleted."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("Access")
        DIETARY = "dietary", _("Dietary")

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=1000)
    delete_after = models.DateField(db_index=True)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind"], name="bookings_one_need_of_a_kind")
        ]

    def __str__(self) -> str:
        # Never its text: this is what logs and the admin show.
        return f"{self.get_kind_display()}, {self.booking}"
