"""The names of a member's keys: allauth leaves their label to Django, which makes an English one of it."""

from allauth.mfa.webauthn import forms
from django.forms import CharField
from django.utils.translation import gettext_lazy as _


class AddKeyForm(forms.AddWebAuthnForm):
    name = CharField(label=_("Name"), required=False)


class EditKeyForm(forms.EditWebAuthnForm):
    name = CharField(label=_("Name"))
