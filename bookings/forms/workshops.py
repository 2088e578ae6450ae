"""Choosing workshops, when somebody books and whenever they change their mind: a group of controls for each slot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.models import Place
from bookings.places import Wish
from people.refusal import Refused
from seminars.models import Run, Slot
from ui.forms import PatternForm
from ui.templatetags.ui import tr

MOST_WISHES = 3


class WorkshopsForm(PatternForm):
    """Radios of each slot's runs with the places left, and a second choice where one is full; ranks where lots are drawn.

    `runs` are those of `places.to_choose_from`; `places` are a booking's own, which are chosen already.
    """

    # What is said to the delegate, of the delegate.
    has_place = gettext_lazy("you have a place")
    would_be_first = gettext_lazy("full: you would be first in its queue")
    rather_waits = gettext_lazy("None, I would rather wait")

    def __init__(
        self, *args: Any, runs: Sequence[Run], is_drawn: bool, places: Iterable[Place] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = sorted(places, key=lambda place: place.rank)
        self.is_drawn = is_drawn
        self.runs = {str(run.pk): run for run in runs}
        self.slots: dict[Slot, list[Run]] = defaultdict(list)
        for run in runs:
            self.slots[run.slot].append(run)
        self.chosen: dict[int, list[str]] = defaultdict(list)
        self.held = {place.run_id for place in mine if place.state == Place.State.CONFIRMED}
        for place in mine:
            self.chosen[place.slot_id].append(str(place.run_id))
        self.waiting = {} if is_drawn else _who_waits(runs)
        self.groups = [self._add_ranks(slot) if is_drawn else self._add_radios(slot) for slot in self.slots]
        # No workshop is an answer, too: nothing here is marked as one that may be left out.
        self.not_optional = {*self.fields}

    def _add_radios(self, slot: Slot) -> tuple[Any, ...]:
        runs, names = self.slots[slot], [_first(slot)]
        mine = self.chosen[slot.pk]
        self.fields[names[0]] = forms.ChoiceField(
            label=_("Which workshop?"),
            required=False,
            initial=mine[0] if mine else "",
            widget=forms.RadioSelect,
            choices=[(str(run.pk), self._label(run)) for run in runs] + [("", _("None at this time"))],
            error_messages={"invalid_choice": _gone()},
        )
        if len(runs) > 1 and any(_is_full(run) and run.pk not in self.held for run in runs):
            names.append(_second(slot))
            self.fields[names[1]] = self._select(
                _("If that one is full, which instead?"), runs, mine[1:2], str(self.rather_waits)
            )
        return (slot, names)

    def _add_ranks(self, slot: Slot) -> tuple[Any, ...]:
        runs, mine, names = self.slots[slot], self.chosen[slot.pk], []
        words = [_("First choice"), _("Second choice"), _("Third choice")]
        for rank in range(1, min(MOST_WISHES, len(runs)) + 1):
            names.append(_ranked(slot, rank))
            self.fields[names[-1]] = self._select(words[rank - 1], runs, mine[rank - 1 : rank], _("No wish"))
        return (slot, names)

    def _select(
        self, label: str, runs: Sequence[Run], given: Sequence[str], nothing: str
    ) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=label,
            required=False,
            initial=given[0] if given else "",
            choices=[("", nothing)] + [(str(run.pk), str(run.session)) for run in runs],
            error_messages={"invalid_choice": _gone()},
        )

    def _label(self, run: Run) -> str:
        """Its title, the room and what is left, on two lines."""
        about = " · ".join(filter(None, [run.room.tr("name") if run.room else "", self._left(run)]))
        if not about:
            return tr(run.session, "title")
        return format_html('{}<br><span class="choice-about">{}</span>', tr(run.session, "title"), about)

    def _left(self, run: Run) -> str:
        if run.pk in self.held:
            return str(self.has_place)
        if run.capacity is None:
            return ""
        if not _is_full(run):
            left = run.capacity - run.taken
            return ngettext("%(left)s place left", "%(left)s places left", left) % {"left": left}
        waiting = self.waiting.get(run.pk, 0)
        if not waiting:
            return str(self.would_be_first)
        return ngettext("full: %(waiting)s person waits", "full: %(waiting)s people wait", waiting) % {
            "waiting": waiting
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for slot in self.slots:
            seen: set[str] = set()
            for name in self._names(slot):
                value = cleaned.get(name)
                if value and value in seen:
                    self.add_error(name, _("Choose each workshop only once."))
                seen.add(value or "")
        if not self.is_drawn:
            self._look_for_repeats()
        return cleaned

    def _look_for_repeats(self) -> None:
        """What is wanted most at two times is complained of beside the later one."""
        times: dict[int, str] = {}
        for slot in self.slots:
            name = next((name for name in self._names(slot) if self.cleaned_data.get(name)), "")
            if not name:
                continue
            session = self.runs[self.cleaned_data[name]].session
            if session.pk in times:
                words = _("You have chosen “%(session)s” twice: you have it at %(time)s already.")
                self.add_error(name, words % {"session": session, "time": times[session.pk]})
            times.setdefault(session.pk, slot.clock)

    def _names(self, slot: Slot) -> list[str]:
        known = [_first(slot), _second(slot), *(_ranked(slot, rank) for rank in range(1, MOST_WISHES + 1))]
        return [name for name in known if name in self.fields]

    @property
    def wishes(self) -> list[Wish]:
        """What was chosen, of a valid form; ranks are 1, 2, 3 even if a line was left out between them."""
        found = []
        for slot in self.slots:
            values = [value for name in self._names(slot) if (value := self.cleaned_data.get(name))]
            found += [Wish(self.runs[value], rank) for rank, value in enumerate(values, start=1)]
        return found

    def say(self, refused: Refused) -> None:
        for sentence in refused.sentences:
            self.add_error(None, sentence)


class TheirWorkshopsForm(WorkshopsForm):
    """The same for an organiser, who chooses for somebody."""

    has_place = gettext_lazy("they have a place")
    would_be_first = gettext_lazy("full: they would be first in its queue")
    rather_waits = gettext_lazy("None, they would rather wait")


def _first(slot: Slot) -> str:
    return f"slot_{slot.pk}"


def _second(slot: Slot) -> str:
    return f"slot_{slot.pk}_second"


def _ranked(slot: Slot, rank: int) -> str:
    return f"slot_{slot.pk}_rank_{rank}"


def _is_full(run: Run) -> bool:
    return run.capacity is not None and run.taken >= run.capacity


def _who_waits(runs: Sequence[Run]) -> dict[int, int]:
    rows = Place.objects.filter(run__in=[run.pk for run in runs], state=Place.State.WAITING)
    return dict(rows.order_by().values_list("run").annotate(number=Count("pk")))


def _gone() -> str:
    return _("One of these workshops is not in the programme of this date any more. Choose again.")
