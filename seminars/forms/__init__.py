"""What organisers and speakers type: its shape, and the words when it is wrong."""

from datetime import datetime
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from seminars.refusal import Refused


def say_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Show beside the form why a verb refused, with what was typed kept."""
    for sentence in refused.sentences:
        form.add_error(None, sentence)


def say_stale(form: forms.BaseForm, updated_at: datetime) -> None:
    """Refuse a save over a newer version once; the form then carries the newer version's time, in its field `seen`."""
    form.add_error(
        None,
        _(
            "Somebody else has saved this since you opened it. What you typed is kept below: compare it with what is "
            "saved, then save again to replace that."
        ),
    )
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = updated_at.isoformat()
    form.data = data
