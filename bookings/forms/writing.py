"""Letters and messages as organisers write them, in Welsh and in English, with placeholders."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import places
from bookings.letters.audience import NO_ANSWER, WITHOUT_REPLY
from bookings.letters.filling import strangers
from bookings.letters.kinds import SORTS
from bookings.letters.texts import Words, ours
from bookings.models import Booking, Delivery, LetterTemplate, MassMessage, Pool
from people.models import Member
from seminars.forms import heed_changes, version
from seminars.models import SeminarDate
from seminars.wording import printable
from ui.bilingual import LANGUAGES
from ui.forms import PatternForm

Kind = Delivery.Kind
State = Booking.State
LONGEST = 5000
MARKDOWN = gettext_lazy(
    "Leave a line empty between paragraphs. **Bold**, [words of a link](address), lines that begin with - for a list."
)


def _subject(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=150, required=False)


def _body(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 16})
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=area, help_text=MARKDOWN)


class WordsForm(PatternForm):
    """A subject and a text, in one language at least, whose placeholders are all known.

    `saved` is what stands now, by the names of the fields; whoever writes over what another has saved since the form was
    opened is told so first.
    """

    subject_en = _subject(gettext_lazy("Subject in English"))
    subject_cy = _subject(gettext_lazy("Subject in Welsh"))
    body_en = _body(gettext_lazy("Text in English"))
    body_cy = _body(gettext_lazy("Text in Welsh"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    kind: str = Kind.MESSAGE

    def __init__(self, *args: Any, saved: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.saved = dict(saved or {})
        kwargs["initial"] = {**kwargs.get("initial", {}), "seen": version(self.saved)}
        super().__init__(*args, **kwargs)

    @cached_property
    def not_optional(self) -> set[str]:
        """A language is needed, and a choice that may stay open says so itself."""
        return set(self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        names = [f"{name}_{language}" for language in LANGUAGES for name in ("subject", "body")]
        for name in names:
            if text := cleaned.get(name):
                cleaned[name] = printable(text)
                self._check_placeholders(name, text)
        for language in LANGUAGES:
            self._check_is_whole(language)
        if not any(cleaned.get(name) for name in names) and not self.errors:
            self.add_error(f"body_{LANGUAGES[0]}", _("Write the text in Welsh, in English or in both"))
        heed_changes(self, self.saved)
        return cleaned

    def _check_placeholders(self, name: str, text: str) -> None:
        for stranger, meant in strangers(text, SORTS[Kind(self.kind)].known):
            wrong = _("%(name)s is no placeholder of this letter") % {"name": f"{{{stranger}}}"}
            if meant:
                wrong += ". " + _("Did you mean %(name)s?") % {"name": f"{{{meant}}}"}
            self.add_error(name, wrong)

    def _check_is_whole(self, language: str) -> None:
        subject, body = f"subject_{language}", f"body_{language}"
        given = self.cleaned_data
        if given.get(body) and not given.get(subject) and subject not in self.errors:
            self.add_error(subject, _("Give the subject as well, in the same language"))
        if given.get(subject) and not given.get(body) and body not in self.errors:
            self.add_error(body, _("Write the text as well, in the same language"))

    def words(self) -> dict[str, Words]:
        """As they were typed, also where something is wrong with them; in the language that is empty, ours or the other."""
        typed = {
            language: Words(self._typed("subject", language), self._typed("body", language))
            for language in LANGUAGES
        }
        return {
            language: typed[language] if typed[language].body else self._instead(language, typed)
            for language in LANGUAGES
        }

    def _typed(self, name: str, language: str) -> str:
        return printable(str(self[f"{name}_{language}"].value() or ""))[:LONGEST]

    def _instead(self, language: str, typed: dict[str, Words]) -> Words:
        other = "en" if language == "cy" else "cy"
        return Words(typed[other].subject, typed[other].body, other)


class LetterForm(WordsForm):
    """Organisers' own wording of one kind of letter."""

    scope = forms.ChoiceField(
        label=gettext_lazy("For which seminars?"), choices=(), widget=forms.RadioSelect, initial="seminar"
    )
    field_order = ("subject_en", "subject_cy", "body_en", "body_cy", "scope")

    def __init__(
        self, *args: Any, kind: str, organisation: Any, templates: Sequence[LetterTemplate], **kwargs: Any
    ) -> None:
        self.kind = kind
        stands = self._as_it_stands(kind, templates)
        super().__init__(*args, initial=stands, saved=stands, **kwargs)
        all_of_them = _("For all seminars of this organisation: %(organisation)s") % {
            "organisation": organisation
        }
        scope: Any = self.fields["scope"]
        scope.choices = [("seminar", _("For this seminar")), ("all", all_of_them)]

    @staticmethod
    def _as_it_stands(kind: str, templates: Sequence[LetterTemplate]) -> dict[str, str]:
        given = {"scope": "all" if templates and templates[0].seminar_id is None else "seminar"}
        for language in LANGUAGES:
            words = next(
                (
                    Words(getattr(one, f"subject_{language}"), getattr(one, f"body_{language}"))
                    for one in templates
                    if getattr(one, f"body_{language}")
                ),
                ours(kind, language),
            )
            given |= {f"subject_{language}": words.subject, f"body_{language}": words.body}
        return given

    @property
    def is_for_all(self) -> bool:
        return bool(self.cleaned_data["scope"] == "all")

    def _instead(self, language: str, typed: dict[str, Words]) -> Words:
        return ours(self.kind, language)


class MessageForm(WordsForm):
    """A message to some of a date's delegates."""

    states = forms.MultipleChoiceField(
        label=gettext_lazy("To whom?"),
        choices=[
            (state.value, state.label)
            for state in (
                State.CONFIRMED, State.WAITING, State.OFFERED, State.REQUESTED, State.ATTENDED, State.NO_SHOW, State.CANCELLED,
            )
        ],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reply = forms.ChoiceField(
        label=gettext_lazy("All of them?"), choices=WITHOUT_REPLY, required=False, widget=forms.RadioSelect
    )
    attendance = forms.ChoiceField(
        label=gettext_lazy("How they take part"),
        choices=[("", gettext_lazy("In person or online")), *Pool.Attendance.choices],
        required=False,
    )
    run = forms.ChoiceField(label=gettext_lazy("In which workshop"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Their language"),
        choices=[("", gettext_lazy("Welsh or English")), *Member.Language.choices],
        required=False,
    )
    about = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[
            (
                "booking",
                gettext_lazy("Their booking or this date: what they need to know in order to take part"),
            ),
            ("other", gettext_lazy("Something else: other events, news, a request")),
        ],
        help_text=gettext_lazy(
            "Who does not want messages of the second sort gets none, and each of them says how to unsubscribe."
        ),
        widget=forms.RadioSelect,
    )

    groups: Any = (
        (gettext_lazy("Who gets it"), ["states", "reply", "attendance", "run", "language"]),
        (gettext_lazy("The message"), ["about", "subject_en", "subject_cy", "body_en", "body_cy"]),
    )

    def __init__(
        self, *args: Any, date: SeminarDate, message: MassMessage | None = None, **kwargs: Any
    ) -> None:
        given = _given(message) if message else {"states": _usual(date)}
        super().__init__(*args, initial=given, saved=_told(given) if message else {}, **kwargs)
        runs = [
            (str(run.pk), f"{run.slot.clock}, {run.session.tr('title')}")
            for run in places.to_choose_from(date)
        ]
        if runs:
            field: Any = self.fields["run"]
            field.choices = [("", _("In any workshop, or in none")), *runs]
        else:
            del self.fields["run"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reply") == NO_ANSWER and State.OFFERED not in cleaned.get("states", [State.OFFERED]):
            self.add_error(
                "states",
                _("Choose “%(state)s” for those who have not answered an offer")
                % {"state": State.OFFERED.label},
            )
        return cleaned

    def fill(self, message: MassMessage) -> MassMessage:
        cleaned = self.cleaned_data
        for name in ("subject_en", "subject_cy", "body_en", "body_cy"):
            setattr(message, name, cleaned[name])
        message.is_about_the_booking = cleaned["about"] == "booking"
        message.audience = {
            name: cleaned.get(name, "") for name in ("states", "reply", "attendance", "run", "language")
        }
        return message


def _usual(date: SeminarDate) -> list[str]:
    return [State.ATTENDED, State.CONFIRMED] if date.is_past else [State.CONFIRMED]


def _told(given: Mapping[str, Any]) -> dict[str, Any]:
    """As it is said to somebody who is about to write over it."""
    states = ", ".join(str(State(state).label) for state in given.get("states", []))
    return {**given, "states": states}


def _given(message: MassMessage) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(message, f"{name}_{language}")
        for name in ("subject", "body")
        for language in LANGUAGES
    }
    return {**message.audience, **texts, "about": "booking" if message.is_about_the_booking else "other"}
