"""Subset the two typefaces to the letters of Welsh and English: `make fonts`.

Source Serif's licence reserves its name, so that a changed file needs another one; Manrope's reserves nothing.
"""

import importlib.resources
import shutil
import sys
from pathlib import Path

from fontTools import subset

# Latin with every Welsh letter in its acute, grave, circumflex and diaeresis forms; dashes, quotes, arrows, signs.
LETTERS = "20-7E,A0-FF,131,152-153,174-178,1E80-1E85,1EF2-1EF3,2010-2015,2018-201E,2020-2022,2026,2030,2032-2033,2039-203A,20AC,2122,2190-2193,2212"
# package, its file, ours, and the name it then bears
FONTS = [
    ("font_manrope", "Manrope-VariableFont_wght.ttf", "text.woff2", ""),
    ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf", "display.woff2", "Cyfnewid Serif"),
]
LICENCES = {"OFL.txt", "LICENSE.txt"}
FAMILY_NAMES, POSTSCRIPT_NAME = {1, 3, 4, 16, 18}, 6


def build(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for package, original, ours, name in FONTS:
        files = importlib.resources.files(package) / "files"
        options = subset.Options(flavor="woff2", layout_features=["*"], name_IDs=["*"])
        font = subset.load_font(str(files / original), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
        subsetter.subset(font)
        for record in font["name"].names if name else ():
            if record.nameID in FAMILY_NAMES:
                record.string = name
            elif record.nameID == POSTSCRIPT_NAME:
                record.string = name.replace(" ", "")
        subset.save_font(font, str(folder / ours), options)
        licence = next(file for file in files.iterdir() if file.name in LICENCES)
        shutil.copy(str(licence), folder / f"{ours}.LICENSE.txt")
        print(f"{ours}: {(folder / ours).stat().st_size} bytes")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
