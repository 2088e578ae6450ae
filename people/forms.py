from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Member


class SignUpForm(forms.Form):
    """What the exchange asks beside e-mail and password; allauth mixes it into its own form."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request: HttpRequest, user: Member) -> None:
        user.name = self.cleaned_data["name"]
        user.save()
