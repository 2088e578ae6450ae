"""Where the 22 principal areas of Wales stand on a map of hexagons: our own layout, so that no boundary data is needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.bilingual import reader_language


@dataclass(frozen=True)
class Tile:
    short: str
    name: str
    column: int
    row: int
    value: int = 0
    href: str = ""


# GSS code: short name, Welsh, English, column, row; rows with an odd number are set half a tile to the right
AREAS = {
    "W06000001": ("Môn", "Ynys Môn", "Anglesey", 2, 0),
    "W06000003": ("Conwy", "Conwy", "Conwy", 3, 0),
    "W06000004": ("Dinb.", "Sir Ddinbych", "Denbighshire", 4, 0),
    "W06000005": ("Fflint", "Sir y Fflint", "Flintshire", 5, 0),
    "W06000002": ("Gwyn.", "Gwynedd", "Gwynedd", 2, 1),
    "W06000006": ("Wrec.", "Wrecsam", "Wrexham", 3, 1),
    "W06000008": ("Cered.", "Ceredigion", "Ceredigion", 2, 2),
    "W06000023": ("Powys", "Powys", "Powys", 3, 2),
    "W06000009": ("Penfro", "Sir Benfro", "Pembrokeshire", 0, 3),
    "W06000010": ("Gâr", "Sir Gaerfyrddin", "Carmarthenshire", 1, 3),
    "W06000012": ("CNPT", "Castell-nedd Port Talbot", "Neath Port Talbot", 2, 3),
    "W06000024": ("Merth.", "Merthyr Tudful", "Merthyr Tydfil", 3, 3),
    "W06000019": ("Bl. G.", "Blaenau Gwent", "Blaenau Gwent", 4, 3),
    "W06000021": ("Mynwy", "Sir Fynwy", "Monmouthshire", 5, 3),
    "W06000011": ("Abert.", "Abertawe", "Swansea", 2, 4),
    "W06000016": ("RCT", "Rhondda Cynon Taf", "Rhondda Cynon Taf", 3, 4),
    "W06000018": ("Caerff", "Caerffili", "Caerphilly", 4, 4),
    "W06000020": ("Torf.", "Torfaen", "Torfaen", 5, 4),
    "W06000013": ("P-y-b", "Pen-y-bont ar Ogwr", "Bridgend", 2, 5),
    "W06000014": ("Bro M.", "Bro Morgannwg", "Vale of Glamorgan", 3, 5),
    "W06000015": ("Caerd.", "Caerdydd", "Cardiff", 4, 5),
    "W06000022": ("Casn.", "Casnewydd", "Newport", 5, 5),
}
SHORT_ENGLISH = {
    "W06000001": "Angl.", "W06000004": "Denb.", "W06000005": "Flint", "W06000006": "Wrex.", "W06000009": "Pemb.",
    "W06000010": "Carm.", "W06000012": "NPT", "W06000021": "Monm.", "W06000011": "Swan.", "W06000018": "Caer.",
    "W06000013": "Bridg.", "W06000014": "Vale", "W06000015": "Card.", "W06000022": "Newp.",
}  # fmt: skip


def tiles_of_wales(values: Mapping[str, int], addresses: Mapping[str, str] | None = None) -> list[Tile]:
    """A tile for each principal area, from values and addresses by GSS code."""
    welsh = reader_language() == "cy"
    return [
        Tile(
            short=short if welsh else SHORT_ENGLISH.get(code, short),
            name=name_cy if welsh else name_en,
            column=column,
            row=row,
            value=values.get(code, 0),
            href=(addresses or {}).get(code, ""),
        )
        for code, (short, name_cy, name_en, column, row) in AREAS.items()
    ]
