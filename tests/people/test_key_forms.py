import pytest
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string


@pytest.mark.parametrize("name", ["add_webauthn", "edit_webauthn"])
def test_the_name_of_a_key_has_a_label_in_welsh(name: str) -> None:
    form = import_string(settings.MFA_FORMS[name])
    with translation.override("cy"):
        assert str(form.base_fields["name"].label) == "Enw"
