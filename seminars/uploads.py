"""Files that organisers give out: their type by name and by content, their size, and a name that is safe to save."""

import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024  # bytes
MOST_PARTS = 5_000
_OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
_OPEN = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    **{ending: kind.decode() for ending, kind in _OPEN.items()},
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
}
# Names that Windows keeps for devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)


def ending(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    return "jpg" if last == "jpeg" else last


def safe_name(name: str) -> str:
    """A name for the downloaded file: letters of any language stay; paths, controls and marks that mislead go."""
    base = PurePosixPath(name.replace("\\", "/")).name
    stem, kind = base.rpartition(".")[0] or base, ending(base)
    # Category C is control, format (where text changes direction), and what has no meaning.
    visible = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] != "C")
    plain = re.sub(r"[^\w\-() ]+", "-", visible)
    stem = re.sub(r"\s+", " ", plain).strip(" -.")[:80].strip(" -.")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"resource-{stem}".strip("-")
    return f"{stem}.{kind}" if kind else stem


def check(file: UploadedFile) -> None:
    """Raise a ValidationError, in words, for a file that is too big or is not what its name says."""
    kind = ending(file.name or "")
    if kind not in TYPES:
        raise ValidationError(
            _("Files of this type are not taken. Choose one of: %(types)s.") % {"types": ", ".join(TYPES)}
        )
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB. Make it smaller, or give a link."))
    file.seek(0)
    is_what_it_says = _looks_like(kind, file)
    file.seek(0)
    if not is_what_it_says:
        raise ValidationError(
            _(
                "The content of the file is not %(type)s, although its name says so. Save it again as that type."
            )
            % {"type": kind}
        )


def _looks_like(kind: str, file: UploadedFile) -> bool:
    if kind in _OFFICE or kind in _OPEN:
        return _is_document(kind, file)
    start = file.read(1024)
    if kind == "pdf":
        return b"%PDF-" in start
    if kind == "jpg":
        return start.startswith(b"\xff\xd8\xff")
    if kind == "png":
        return start.startswith(b"\x89PNG\r\n\x1a\n")
    return _is_text(start + file.read())


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets in Windows still write this one; it has no meaning for five bytes, and none for controls.
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not re.search(rb"[\x01-\x08\x0e-\x1a]", content)


def _is_document(kind: str, file: UploadedFile) -> bool:
    """Whether a zipped office document is of this kind and holds no macros. Only its list of parts is read."""
    try:
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
            if len(names) > MOST_PARTS:
                return False
            if kind in _OPEN:
                with parts.open("mimetype") as mimetype:
                    return mimetype.read(200).strip() == _OPEN[kind]
            has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
            is_kind = any(name.startswith(_OFFICE[kind]) for name in names)
            return "[Content_Types].xml" in names and is_kind and not has_macros
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False
