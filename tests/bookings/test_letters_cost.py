"""Letters to many cost little: what is the same for all of them is read or made once."""

import struct
import zlib
from itertools import pairwise

import pytest
import segno

from bookings import letters, sending
from bookings.letters import square
from bookings.models import Delivery, LetterTemplate
from tests.bookings import ground


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 6])
def test_the_words_of_organisers_are_read_once_for_all_letters_that_leave_together(
    django_assert_num_queries, number
):
    date = ground.bookable(6)
    LetterTemplate.objects.create(
        organisation=date.seminar.organisation, kind="confirmation", subject_en="Ours", body_en="{name}"
    )
    for _each in range(number):
        ground.book(date)
    rows = list(sending.read_ahead(Delivery.objects.all()))

    with django_assert_num_queries(1):
        mails = [letters.compose(row) for row in rows]

    assert [mail.subject for mail in mails] == ["Ours"] * number
    # The next letters read them anew: they may be others by then.
    LetterTemplate.objects.update(subject_en="Others")
    assert letters.compose(sending.read_ahead(Delivery.objects.all())[0]).subject == "Others"


def points(png: bytes) -> list[str]:
    """The rows of a picture of one bit a point, as `1` for white."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        chunks[kind], at = content, at + 12 + size
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, colour, rest) == (1, 0, [0, 0, 0])
    lines, size = zlib.decompress(chunks[b"IDAT"]), 1 + (width + 7) // 8
    assert len(lines) == size * height
    rows = [lines[start : start + size] for start in range(0, len(lines), size)]
    assert {row[0] for row in rows} == {0}
    return ["".join(f"{byte:08b}" for byte in row[1:])[:width] for row in rows]


@pytest.mark.parametrize(
    "address", ["https://a.example/x", "https://exchange.example.wales/cy/" + "7b3e" * 20]
)
def test_the_picture_shows_the_square_code_of_its_address(address):
    code = segno.make(address, error="m", micro=False, mask=square.MASK)
    shown = points(square.picture(address))

    scale, border = square.SCALE, square.BORDER
    wanted = [
        "".join(("0" if dark else "1") * scale for dark in row)
        for row in code.matrix_iter(scale=1, border=border)
        for _time in range(scale)
    ]
    assert shown == wanted
    assert set("".join(shown[: border * scale])) == {"1"}
    assert any(first != second for first, second in pairwise(shown))
