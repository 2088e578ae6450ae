"""The square code for the door as a picture (PNG). A message to ten thousand has ten thousand of them, so it is made cheaply."""

import struct
import zlib
from itertools import chain

import segno

SCALE, BORDER = 5, 4
LIGHT, DARK = "1" * SCALE, "0" * SCALE
# Any of the eight masks can be read by any reader (ISO/IEC 18004, 7.8). Trying all of them and counting which looks the
# most even takes five times as long as all the rest; this one has no rows or columns that could line up with the text's.
MASK = 3


def picture(address: str) -> bytes:
    """Black on white, one bit a point."""
    modules = segno.make(address, error="m", micro=False, mask=MASK).matrix
    edge = LIGHT * BORDER
    empty = LIGHT * (len(modules) + 2 * BORDER)
    rows = (edge + "".join(DARK if dark else LIGHT for dark in row) + edge for row in modules)
    lines = b"".join(_line(row) * SCALE for row in chain([empty] * BORDER, rows, [empty] * BORDER))
    side = len(empty)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(lines))
        + _chunk(b"IEND", b"")
    )


def _line(points: str) -> bytes:
    """Filter 0, and eight points a byte; what is over at the end is not shown."""
    padded = points + "0" * (-len(points) % 8)
    return b"\0" + int(padded, 2).to_bytes(len(padded) // 8, "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
