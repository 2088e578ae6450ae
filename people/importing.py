"""Organisations from a CSV file: every row is checked before the first is written, and a second import changes nothing.

Organisations are recognised by GSS code, else by slug; what members wrote about them is never touched.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from people.models import Organisation

HEADERS = ("name", "name_cy", "kind", "nation", "region", "gss_code", "latitude", "longitude")
MOST_BYTES = 5_000_000
# Every GSS code begins with the letter of its country.
GSS = re.compile(r"[EWSN][0-9]{8}")
REGIONS = {
    "Wales": {"North Wales", "Mid Wales", "South West Wales", "South East Wales", "National"},
    "Scotland": {"Scotland"},
    "Northern Ireland": {"Northern Ireland"},
}
REGIONS["England"] = set(Organisation.Region.values) - set().union(*REGIONS.values())


@dataclass(frozen=True)
class Fault:
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}" if self.line else self.reason


class BadFileError(Exception):
    """The file cannot be imported; `faults` says where and why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass
class Result:
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: int = 0


def import_organisations(data: bytes) -> Result:
    """Add and change organisations; raises BadFileError, and then has written nothing."""
    rows = parse(data)
    result = Result()
    with transaction.atomic():
        known = list(Organisation.objects.all())
        by_slug = {one.slug: one for one in known}
        by_code = {one.gss_code: one for one in known if one.gss_code}
        clashes = list(_clashes(rows, by_slug, by_code))
        if clashes:
            raise BadFileError(*clashes)
        for _line, slug, values in rows:
            found = by_code.get(values["gss_code"] or "") or by_slug.get(slug)
            if found is None:
                Organisation.objects.create(slug=slug, **values)
                result.added.append(slug)
            elif changes := [name for name, value in values.items() if getattr(found, name) != value]:
                for name in changes:
                    setattr(found, name, values[name])
                found.save()
                result.changed.append(f"{found.slug} ({', '.join(changes)})")
            else:
                result.left += 1
    return result


Row = tuple[int, str, dict[str, Any]]


def _clashes(
    rows: list[Row], by_slug: dict[str, Organisation], by_code: dict[str, Organisation]
) -> Iterator[Fault]:
    """Rows that would take the name or the code of an organisation that is another."""
    for line, slug, values in rows:
        code = values["gss_code"]
        same_name, same_code = by_slug.get(slug), by_code.get(code) if code else None
        if same_code and same_name and same_code != same_name:
            yield Fault(
                line, "gss_code", f"{code} is {same_code.name_en}'s, and another organisation has this name"
            )
        elif same_name and not same_code and same_name.gss_code and code:
            yield Fault(
                line, "gss_code", f"{same_name.name_en} has the code {same_name.gss_code}, not {code}"
            )


def parse(data: bytes) -> list[Row]:
    """(line, slug, values) of every row; raises BadFileError with all the faults at once."""
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    line = 1
    try:
        _check_headers(next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                values, wrong = _row(line, cells)
                slug = slugify(values.get("name_en") or values.get("name_cy") or "")[:120]
                wrong += _repeated(line, slug, values.get("gss_code"), seen)
                faults += wrong
                if not wrong:
                    rows.append((line, slug, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFileError(*faults, Fault(line, "row", f"is not well-formed CSV: {error}")) from None
    if faults:
        raise BadFileError(*faults)
    if not rows:
        raise BadFileError(Fault(0, "", "The file holds no organisation."))
    return rows


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadFileError(Fault(0, "", f"The file is larger than {MOST_BYTES // 1_000_000} MB."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFileError(
            Fault(line, "file", "is not UTF-8; save the file again with that encoding")
        ) from None


def _check_headers(headers: list[str]) -> None:
    given = [header.strip() for header in headers]
    if given != list(HEADERS):
        raise BadFileError(
            Fault(1, "headers", f"must be {','.join(HEADERS)}, not {','.join(given)[:200] or 'nothing'}")
        )


def _repeated(line: int, slug: str, code: str | None, seen: dict[tuple[str, str], int]) -> list[Fault]:
    faults = []
    for column, value in (("name", slug), ("gss_code", code)):
        if value and (first := seen.setdefault((column, value), line)) != line:
            faults.append(Fault(line, column, f"is the same as on line {first}"))
    return faults


def _row(line: int, cells: list[str]) -> tuple[dict[str, Any], list[Fault]]:
    if len(cells) != len(HEADERS):
        return {}, [Fault(line, "row", f"has {len(cells)} columns, not {len(HEADERS)}")]
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column, cell in zip(HEADERS, cells, strict=True):
        try:
            values["name_en" if column == "name" else column] = _READ[column](cell.strip())
        except ValueError as error:
            faults.append(Fault(line, column, str(error)))
    if not faults:
        faults.extend(_together(line, values))
    return values, faults


def _together(line: int, values: dict[str, Any]) -> Iterator[Fault]:
    """Faults that no column has by itself."""
    if not slugify(values["name_en"] or values["name_cy"]):
        yield Fault(line, "name", "must hold letters, in English or in Welsh")
    if values["region"] not in REGIONS[values["nation"]]:
        yield Fault(line, "region", f"{values['region']} is not in {values['nation']}")
    if (values["latitude"] is None) != (values["longitude"] is None):
        yield Fault(line, "latitude", "and longitude must be given together")


def _name(text: str) -> str:
    if len(text) > 200:
        raise ValueError("is longer than 200 letters")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"} for letter in text):
        raise ValueError("holds a control character or one that cannot be seen")
    if text[:1] in "=+@<" and text:
        raise ValueError("begins like a formula or markup, not like a name")
    return unicodedata.normalize("NFC", text)


def _one_of(choices: list[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text[:60]!r} is none of: {', '.join(choices)}")
        return text

    return read


def _gss_code(text: str) -> str | None:
    if text and not GSS.fullmatch(text):
        raise ValueError(f"{text[:60]!r} is not a code like W06000002")
    return text or None


def _degrees(least: float, most: float) -> Callable[[str], float | None]:
    def read(text: str) -> float | None:
        if not text:
            return None
        # float() alone would let "nan", "inf" and "1_0" through
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text):
            raise ValueError(f"{text[:60]!r} is not a number like 53.25")
        value = float(text)
        if not least <= value <= most:
            raise ValueError(f"{text[:60]} is outside the United Kingdom")
        return value

    return read


_READ: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "name_cy": _name,
    "kind": _one_of(Organisation.Kind.values),
    "nation": _one_of(Organisation.Nation.values),
    "region": _one_of(Organisation.Region.values),
    "gss_code": _gss_code,
    "latitude": _degrees(49, 61.5),
    "longitude": _degrees(-9, 2.5),
}
