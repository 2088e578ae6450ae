"""Which of a date's bookings go into a file, and which columns of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.exporting import NEEDS, USUAL, Column
from bookings.models import Booking
from ui.forms import PatternForm

CSV, XLSX = "csv", "xlsx"


class ExportForm(PatternForm):
    columns = forms.MultipleChoiceField(
        label=_("Which columns?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Take only what you need: the file leaves the exchange, and nobody deletes it for you."),
        initial=list(USUAL),
        error_messages={"required": _("Choose at least one column")},
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("That you took them is noted. Delete the file when the date is over."),
    )
    states = forms.MultipleChoiceField(
        label=_("Which bookings?"),
        choices=Booking.State,
        initial=[Booking.State.CONFIRMED, Booking.State.ATTENDED, Booking.State.NO_SHOW],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one state")},
    )
    format = forms.ChoiceField(
        label=_("Which format?"),
        choices=((XLSX, _("Excel (XLSX)")), (CSV, "CSV")),
        initial=XLSX,
        widget=forms.RadioSelect,
    )
    not_optional = {"needs"}

    def __init__(
        self, *args: Any, columns: Sequence[Column], is_narrowed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_narrowed:
            # Which bookings was said where the list was narrowed.
            del self.fields["states"]
        self.known = columns
        for field, wanted in (("columns", False), ("needs", True)):
            self.fields[field].choices = [  # type: ignore[attr-defined]
                (one.name, one.label) for one in columns if (one.name in NEEDS) is wanted
            ]

    @property
    def chosen(self) -> list[Column]:
        """In the order of the table, whatever the order in which they came."""
        names = {*self.cleaned_data["columns"], *self.cleaned_data["needs"]}
        return [one for one in self.known if one.name in names]
