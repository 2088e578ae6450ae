"""Files: refused in words unless they are what their names say; names that are safe to save."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from seminars import uploads


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("CT", "[Content_Types].xml"), content)
    return buffer.getvalue()


GOOD = {
    "a.pdf": b"%PDF-1.7 and more",
    "a.docx": zipped(CT=b"", word__document=b""),
    "a.pptx": zipped(CT=b"", ppt__slides=b""),
    "a.xlsx": zipped(CT=b"", xl__sheet=b""),
    "a.odt": zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
    "a.txt": "Tŷ bach".encode(),
    "a.csv": "T\u00eate,1".encode("cp1252"),
    "a.JPEG": b"\xff\xd8\xff\xe0 and more",
    "a.png": b"\x89PNG\r\n\x1a\n and more",
}
BAD = {
    "a.exe": b"MZ",
    "a.html": b"<script>",
    "a.svg": b"<svg>",
    "a": b"text",
    "a.pdf": b"<script>alert(1)</script>",
    "a.docx": GOOD["a.xlsx"],
    "b.docx": zipped(**{"CT": b"", "word__document": b"", "word__vbaProject.bin": b""}),
    "a.xlsx": b"PK\x03\x04 broken",
    "a.odp": GOOD["a.odt"],
    "a.txt": b"MZ\x00\x01",
    "a.csv": b"",
    "a.png": GOOD["a.JPEG"],
}


@pytest.mark.parametrize("name", GOOD)
def test_what_its_name_says_is_taken(name: str) -> None:
    file = SimpleUploadedFile(name, GOOD[name])

    uploads.check(file)

    assert file.read() == GOOD[name]


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        uploads.check(SimpleUploadedFile(name, BAD[name]))


def test_a_large_file_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 10)

    with pytest.raises(ValidationError, match="larger than 20 MB"):
        uploads.check(SimpleUploadedFile("a.txt", b"more than ten"))


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("Cynllun Tŷ Newydd.pdf", "Cynllun Tŷ Newydd.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.PDF", "a.pdf"),
        ('a"; filename=evil.exe\r\nX: y.pdf', "a- filename-evil-exeX- y.pdf"),
        ("invoice\u202efdp.txt", "invoicefdp.txt"),
        ("CON.txt", "resource-CON.txt"),
        ("....pdf", "resource.pdf"),
        ("x" * 300 + ".jpeg", "x" * 80 + ".jpg"),
    ],
)
def test_names_are_made_safe(typed: str, safe: str) -> None:
    assert uploads.safe_name(typed) == safe
