"""Pictures of write-ups: checked, turned the right way up, and written again as WebP in three widths.

Only the pixels survive: what a camera or a program wrote into the file beside them (place, name, device) does not.
"""

import warnings
from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps

from learning.models import Image, WriteUp

LARGEST = 10 * 1024 * 1024  # bytes
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")  # never SVG, which is a program
MOST_OF_A_WRITE_UP = 30
QUALITY = 80


def opened(upload: Any) -> Pillow.Image:
    """The picture of an upload, upright and bare; ValidationError says in words what is wrong with it."""
    if upload.size > LARGEST:
        raise ValidationError(_("The picture must be smaller than 10 MB"))
    try:
        return _decoded(upload.file if hasattr(upload, "file") else upload)
    except Pillow.DecompressionBombError:
        raise ValidationError(_too_many_pixels()) from None
    except (OSError, SyntaxError, ValueError, Pillow.DecompressionBombWarning, MemoryError):
        # Pillow raises all of these for files that are broken or not what they say.
        raise ValidationError(
            _("The file must be a picture: a JPEG, PNG or WebP that can be opened")
        ) from None


def _decoded(file: BinaryIO) -> Pillow.Image:
    file.seek(0)
    with warnings.catch_warnings():
        # Our own limit, read from the header before anything is decoded, is the one that counts.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        picture = Pillow.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Pillow.DecompressionBombError
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    kept = "RGBA" if upright.has_transparency_data else "RGB"
    bare = Pillow.new(kept, upright.size)
    bare.paste(upright.convert(kept))
    return bare


def _too_many_pixels() -> str:
    return _("The picture has too many pixels: the most is 40 million, about 7,700 by 5,100")


def encoded(picture: Pillow.Image, width: int) -> bytes:
    """WebP of at most this width; a smaller picture stays as it is."""
    small = picture
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        small = picture.resize((width, height), Pillow.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def store(write_up: WriteUp, picture: Pillow.Image, by: Any, **texts: str) -> Image:
    image = Image(write_up=write_up, width=picture.width, height=picture.height, uploaded_by=by, **texts)
    for width in Image.WIDTHS:
        default_storage.save(image.stored_at(width), ContentFile(encoded(picture, width)))
    try:
        image.save()
    except BaseException:
        delete_files([image.stored_at(width) for width in Image.WIDTHS])
        raise
    return image


def remove(image: Image) -> None:
    paths = [image.stored_at(width) for width in Image.WIDTHS]
    image.delete()
    transaction.on_commit(lambda: delete_files(paths))


def delete_files(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def snippet(image: Image) -> str:
    """What to paste into a text to show the picture there."""
    alternative = str(image.tr("alternative")).replace("[", "(").replace("]", ")").replace("\n", " ")
    return f"![{alternative}]({image.get_absolute_url()})"
