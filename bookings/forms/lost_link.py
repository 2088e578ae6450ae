from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PatternForm


class LostLinkForm(PatternForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The one with which you booked"),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address, like mair@gwynedd.llyw.cymru"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
