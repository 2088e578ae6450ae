from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from seminars import uploads
from seminars.models import Resource, Seminar
from ui.forms import PatternModelForm


class ResourceForm(PatternModelForm):
    """A link or a file; for the whole seminar or for one of its sessions."""

    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of a page elsewhere; or else choose a file below"),
        error_messages={"invalid": _("Enter an address that begins with https://")},
    )

    class Meta:
        model = Resource
        fields = ["title_en", "title_cy", "link", "file", "session", "language"]
        widgets = {
            "language": forms.RadioSelect,
            "file": forms.FileInput(
                attrs={"accept": ",".join(f".{kind}" for kind in [*uploads.TYPES, "jpeg"])}
            ),
        }
        help_texts = {
            "file": _("PDF, Word, PowerPoint, Excel, OpenDocument, text, CSV, JPEG or PNG, at most 20 MB"),
        }

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.seminar = seminar
        session: Any = self.fields["session"]
        session.queryset, session.empty_label = seminar.sessions.all(), _("The whole seminar")

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            uploads.check(file)
            self.instance.file_name = uploads.safe_name(file.name or "")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not {"link", "file"} & set(self.errors) and bool(cleaned.get("link")) == bool(cleaned.get("file")):
            self.add_error("link", _("Give a link or a file: one of the two"))
        return cleaned
