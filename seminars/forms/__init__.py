"""What organisers and speakers type: its shape, and the words when it is wrong."""

from datetime import date, time
from hashlib import blake2b
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.refusal import Refused
from ui.dates import clock, day


def say_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Show beside the form why a verb refused, with what was typed kept."""
    for sentence in refused.sentences:
        form.add_error(None, sentence)


def say_stale(form: forms.BaseForm, version: str) -> None:
    """Refuse a save over a newer version once; the form then carries the newer version, in its field `seen`."""
    form.add_error(
        None,
        _(
            "Somebody else has saved this since you opened it. What you typed is kept below: compare it with what is "
            "saved, then save again to replace that."
        ),
    )
    _carry(form, version)


def _carry(form: forms.BaseForm, version: str) -> None:
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = version
    form.data = data


def version(saved: dict[str, Any]) -> str:
    """A digest of each saved value: what the hidden field `seen` of a form holds."""
    return ".".join(map(_digest, saved.values()))


def _digest(value: object) -> str:
    return blake2b(str(value).encode(), digest_size=4).hexdigest()


def heed_changes(form: forms.BaseForm, saved: dict[str, Any]) -> None:
    """Refuse a save over what somebody else has changed since the form was opened, once, and say beside each such
    field what is saved there now. Where only they changed it, the form takes that over; where both did, what was typed
    stays. `saved` is what is saved, by the names of the fields; who typed the same is not stopped."""
    now, seen = version(saved), form.cleaned_data.get("seen") or ""
    if not now or seen in {"", now}:
        return
    before = dict(zip(saved, seen.split("."), strict=False))
    changed = [
        name
        for name, value in saved.items()
        if before.get(name) != _digest(value) and name in form.changed_data
    ]
    if not changed:
        return
    form.add_error(
        None,
        _(
            "Somebody else has saved this since you opened it. What they changed is said below. Where you changed the "
            "same, what you typed is kept: save again to put it in the place of theirs."
        ),
    )
    _carry(form, now)
    for name in changed:
        field = form.fields[name]
        is_untouched = name in form.cleaned_data and before.get(name) == _digest(form.cleaned_data[name])
        label = str(capfirst(field.label or name))
        about = {
            "label": label if label.endswith("?") else f"{label}:",
            "saved": _in_words(field, saved[name]),
        }
        there = _("%(label)s somebody else has saved “%(saved)s”") % about
        form.add_error(name, there if about["saved"] else _("%(label)s somebody else has emptied it") % about)
        if is_untouched:
            _take_over(form, name, saved[name])


def _take_over(form: forms.BaseForm, name: str, value: Any) -> None:
    """Into what the form shows as typed."""
    field, key, data = form.fields[name], form.add_prefix(name), cast(QueryDict, form.data)
    if isinstance(field.widget, forms.MultiWidget):
        for index, part in enumerate(field.widget.decompress(value) or ()):
            data[f"{key}_{index}"] = str(part)
    elif isinstance(field.widget, forms.CheckboxInput):
        data[key] = "on" if value else ""
    else:
        shown = clock(value) if isinstance(value, time) else field.prepare_value(value)
        data[key] = "" if shown is None else str(shown)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return "" if value is None else str(value)


class Watched(forms.ModelForm):
    """Notices a save in between, where the model keeps no time of its last change."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read now: once the form is clean, the instance holds what was typed.
        self.saved = self._saved() if self.instance.pk else {}
        self.initial["seen"] = version(self.saved)

    def _saved(self) -> dict[str, Any]:
        """What is saved, by the name of the field beside which a change of it is told."""
        return {name: getattr(self.instance, name) for name in self._meta.fields or ()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        heed_changes(self, self.saved)
        return cleaned
