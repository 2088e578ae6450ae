from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from ui.bilingual import Bilingual, at_least_one
from ui.folding import fold


class Venue(Bilingual):
    """A place where seminar dates are held."""

    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name_cy = models.CharField(_("name in Welsh"), max_length=160, blank=True)
    town_en = models.CharField(_("town in English"), max_length=80, blank=True)
    town_cy = models.CharField(_("town in Welsh"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    region = models.CharField(_("region"), max_length=30, choices=Organisation.Region)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    access_en = models.TextField(_("access information in English"), blank=True)
    access_cy = models.TextField(_("access information in Welsh"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="venues", verbose_name=_("kept by")
    )

    bilingual_required = ("name", "town")

    class Meta:
        ordering = ["town_en", "name_en"]
        constraints = [at_least_one("name"), at_least_one("town")]

    def __str__(self) -> str:
        return f"{self.tr('name')}, {self.tr('town')}"

    def room_like(self, other: "Room") -> "Room | None":
        """The room here that has the name of another venue's room, in either language."""
        wanted = {fold(name) for name in (other.name_en, other.name_cy) if name}
        for room in self.rooms.all():
            if wanted & {fold(name) for name in (room.name_en, room.name_cy) if name}:
                return room
        return None


class Room(Bilingual):
    """A room of a venue, with the number of people that it holds."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms")
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_cy = models.CharField(_("name in Welsh"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("holds"), default=30)

    bilingual_required = ("name",)

    class Meta:
        ordering = ["venue", "name_en"]
        constraints = [at_least_one("name")]

    def __str__(self) -> str:
        return self.tr("name")
