"""What organisers and speakers type: its shape, and the words when it is wrong."""

from django import forms

from seminars.refusal import Refused


def say_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Show beside the form why a verb refused, with what was typed kept."""
    for sentence in refused.sentences:
        form.add_error(None, sentence)
