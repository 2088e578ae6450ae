from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from seminars.forms import Watched
from seminars.models import Room, Venue
from ui.forms import PatternModelForm


class VenueForm(PatternModelForm, Watched):
    groups = (
        (_("The place"), ["name_en", "name_cy", "town_en", "town_cy", "address", "postcode", "region"]),
        (
            _("Getting in and around"),
            _("Parking, steps, lifts, hearing loop, toilets, a quiet room"),
            ["access_en", "access_cy"],
        ),
    )

    class Meta:
        model = Venue
        fields = [
            "name_en", "name_cy", "town_en", "town_cy", "address", "postcode", "region", "access_en", "access_cy",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("access_en", "access_cy")}


class RoomForm(PatternModelForm):
    class Meta:
        model = Room
        fields = ["name_en", "name_cy", "capacity"]
        labels = {"capacity": _("How many people it holds")}
        widgets = {"capacity": forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"})}


RoomFormSet = inlineformset_factory(Venue, Room, form=RoomForm, extra=3, can_delete=False)
