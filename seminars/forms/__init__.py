"""What organisers and speakers type: its shape, and the words when it is wrong."""

from hashlib import blake2b
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from people.refusal import Refused


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
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = version
    form.data = data


class Watched(forms.ModelForm):
    """Notices a save in between where the model keeps no time of its last change: by a digest of what is saved."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = self._version() if self.instance.pk else ""
        self.initial["seen"] = self.version

    def _version(self) -> str:
        saved = [str(getattr(self.instance, name)) for name in self._meta.fields or ()]
        return blake2b("\0".join(saved).encode(), digest_size=8).hexdigest()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.version and cleaned.get("seen") not in {"", self.version}:
            say_stale(self, self.version)
        return cleaned
