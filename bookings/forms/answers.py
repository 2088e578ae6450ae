"""What was answered, in words, for the page on which it is checked."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.forms.booking import COLLEAGUE, GROUP, ME, WHOLE
from bookings.forms.steps import HOW, NEEDS, TITLES, WHO, WORKSHOPS, Steps
from bookings.models import OwnAnswer
from bookings.taking import Person
from people.models import Member

WHOM = {
    ME: gettext_lazy("Myself"),
    COLLEAGUE: gettext_lazy("A colleague"),
    GROUP: gettext_lazy("A group, with me"),
}


Rows = list[tuple[str, list[Any]]]


@dataclass
class Section:
    """The answers of one page; `rows` are of a question, or of a person, with the lines that answer it.

    Where several people answered the same questions, `people` has the rows of each under their name.
    """

    name: str
    rows: Rows = field(default_factory=list)
    people: list[tuple[str, Rows]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.name])


def sections(steps: Steps) -> list[Section]:
    people = steps.people()
    found = [_how(steps), _who(steps, people)]
    if WORKSHOPS in steps.names:
        found.append(_workshops(steps))
    return [*found, _needs(steps, people)]


def _how(steps: Steps) -> Section:
    way = steps.way
    return Section(
        HOW,
        [
            (_("How will you take part?"), [way.label if way else ""]),
            (_("Who are you booking for?"), [WHOM[steps.whom]]),
        ],
    )


def _who(steps: Steps, people: list[Person]) -> Section:
    given = steps.bound(WHO).cleaned_data
    section = Section(WHO)
    if steps.whom == COLLEAGUE:
        section.rows.append((_("Booked by"), [given["name_0"], given["email_0"]]))
    for person in people:
        body = person.organisation.tr("name") if person.organisation else person.organisation_name
        about = [Member.Kind(person.kind).label, Member.Language(person.language).label]
        email = person.email or _("Letters come to you")
        section.rows.append(
            (person.name, [line for line in (email, body, " · ".join(map(str, about))) if line])
        )
    if len(people) > 1:
        chosen = dict(steps.bound(WHO).fields["together"].choices)
        section.rows.append(
            (_("If there is not room for all of you"), [chosen[given.get("together", WHOLE)]])
        )
    return section


def _workshops(steps: Steps) -> Section:
    wishes = steps.wishes()
    section = Section(WORKSHOPS)
    for slot in steps.bound(WORKSHOPS).slots:
        mine = [wish.run.session.tr("title") for wish in wishes if wish.run.slot_id == slot.pk]
        section.rows.append((slot.clock, mine or [_("None at this time")]))
    return section


def _needs(steps: Steps, people: list[Person]) -> Section:
    section = Section(NEEDS)
    for person in people:
        needs = [(_("What is needed to take part?"), person.access), (_("Dietary needs"), person.dietary)]
        rows: Rows = [(label, [text]) for label, text in needs if text]
        for question in steps.questions:
            answer = OwnAnswer(question=question, value=person.answers.get(question.pk, ""))
            rows.append((question.tr("text"), [answer.words if answer.value else _("No answer")]))
        if steps.rules.has_delegate_list:
            rows.append((_("On the list of delegates"), [_("Yes") if person.is_on_list else _("No")]))
        if not needs[0][1] and not needs[1][1]:
            rows.insert(0, (_("Needs"), [_("None")]))
        if len(people) > 1:
            section.people.append((person.name, rows))
        else:
            section.rows = rows
    return section
