from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.importing import HEADERS, BadFileError, import_organisations, parse
from people.models import Organisation

FILE = Path(__file__).resolve().parents[2] / "people/data/organisations.csv"
HEAD = ",".join(HEADERS)
GWYNEDD = "Gwynedd Council,Cyngor Gwynedd,council,Wales,North Wales,W06000002,52.9,-3.8"


def file(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows, ""]).encode()


@pytest.mark.django_db
def test_the_real_file_imports_once_and_then_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_organisations", str(FILE))
    call_command("import_organisations", str(FILE))

    said = capsys.readouterr().out.splitlines()
    assert said == ["435 added, 0 changed, 0 left as they were", "0 added, 0 changed, 435 left as they were"]
    assert Organisation.objects.get(slug="gwynedd-council").name_cy == "Cyngor Gwynedd"


@pytest.mark.django_db
def test_a_new_name_is_known_by_its_code_and_keeps_its_address() -> None:
    import_organisations(file(GWYNEDD))
    Organisation.objects.update(about_en="Ours")

    result = import_organisations(file(GWYNEDD.replace("Gwynedd Council", "Cyngor Gwynedd Council")))

    assert result.changed == ["gwynedd-council (name_en)"]
    found = Organisation.objects.get()
    assert (found.name_en, found.slug, found.about_en) == (
        "Cyngor Gwynedd Council",
        "gwynedd-council",
        "Ours",
    )
    assert Organisation.objects.named_like("cyngor gwynedd council").exists()


@pytest.mark.django_db
def test_a_bad_row_leaves_nothing_half_written() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_organisations", "nowhere.csv")
    with pytest.raises(BadFileError) as caught:
        import_organisations(file(GWYNEDD, "Y,Y,parish,Wales,London,,,", "Z,Z,council,Wales,London,,,"))

    assert str(caught.value).splitlines()[0].startswith("line 3, kind: 'parish' is none of: council")
    assert str(caught.value).splitlines()[1] == "line 4, region: London is not in Wales"
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_code_that_is_another_organisations_is_refused() -> None:
    import_organisations(file(GWYNEDD, "Powys,Powys,council,Wales,Mid Wales,W06000023,,"))

    with pytest.raises(BadFileError, match="another organisation has this name"):
        import_organisations(file("Powys,Powys,council,Wales,Mid Wales,W06000002,,"))
    with pytest.raises(BadFileError, match="has the code W06000023"):
        import_organisations(file("Powys,Powys,council,Wales,Mid Wales,W06000099,,"))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",,council,Wales,National,,,", "line 2, name: must hold letters"),
        ("???,,council,Wales,National,,,", "line 2, name: must hold letters"),
        ("A,B,council,Cymru,National,,,", "line 2, nation: 'Cymru' is none of"),
        ("A,B,council,Wales,National,W0600000²,,", "line 2, gss_code:"),
        ("A,B,council,Wales,National,,nan,1", "line 2, latitude: 'nan' is not a number"),
        ("A,B,council,Wales,National,,5.1,1", "line 2, latitude: 5.1 is outside"),
        ("A,B,council,Wales,National,,52.1,", "line 2, latitude: and longitude must be given together"),
        ("A,B,council,Wales,National,,", "line 2, row: has 7 columns, not 8"),
        ("A,B,council,Wales,National,,,,more", "line 2, row: has 9 columns, not 8"),
        ("=HYPERLINK(1),B,council,Wales,National,,,", "line 2, name: begins like a formula"),
        ("<script>,B,council,Wales,National,,,", "line 2, name: begins like a formula or markup"),
        ("A\x00B,B,council,Wales,National,,,", "line 2, name: holds a control character"),
        ("A\u202eB,B,council,Wales,National,,,", "line 2, name: holds a control character"),
        ("A" * 201 + ",B,council,Wales,National,,,", "line 2, name: is longer than 200"),
        ("A" * 200_000 + ",B,council,Wales,National,,,", "line 2, row: is not well-formed CSV"),
        ('A,B,council,Wales,National,,,"open', "line 2, row: is not well-formed CSV"),
    ],
)
def test_a_bad_row_is_named_with_line_column_and_reason(row: str, fault: str) -> None:
    with pytest.raises(BadFileError) as caught:
        parse(file(row))

    assert str(caught.value).startswith(fault)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "line 1, headers: must be name,"),
        (b"name;kind\n", "line 1, headers: must be name,"),
        (HEAD.encode(), "The file holds no organisation."),
        (file("Cyngor Sir Ynys M\xf4n,,council,Wales,North Wales,,,").decode().encode("latin-1"), "line 2, file: is not UTF-8"),
        (HEAD.encode("utf-16"), "line 1, file: is not UTF-8"),
        (b"x" * 5_000_001, "The file is larger than 5 MB."),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_clearly(data: bytes, fault: str) -> None:
    with pytest.raises(BadFileError) as caught:
        parse(data)

    assert str(caught.value).startswith(fault)


def test_the_same_organisation_twice_is_refused() -> None:
    with pytest.raises(BadFileError) as caught:
        parse(file(GWYNEDD, GWYNEDD))

    assert [str(fault) for fault in caught.value.faults] == [
        "line 3, name: is the same as on line 2",
        "line 3, gss_code: is the same as on line 2",
    ]


def test_a_byte_order_mark_blank_lines_and_quoted_lines_are_read() -> None:
    rows = parse(
        b"\xef\xbb\xbf"
        + file(
            '"Gwynedd Council",,council,Wales,National,,,', "", ",,,,,,,", GWYNEDD.replace("Gwynedd", "Other")
        )
    )

    assert [(line, slug) for line, slug, _values in rows] == [(2, "gwynedd-council"), (5, "other-council")]
