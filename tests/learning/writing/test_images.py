from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from learning.models import Image, WriteUp
from people.models import Member
from tests.learning.writing.conftest import address

pytestmark = pytest.mark.django_db


def picture(form: str = "JPEG", size: tuple[int, int] = (1200, 800), **options: Any) -> SimpleUploadedFile:
    out = BytesIO()
    Pillow.new("RGB", size, "teal").save(out, form, **options)
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue(), content_type="image/jpeg")


def upload(client: Client, write_up: WriteUp, file: Any, **texts: str) -> Any:
    return client.post(
        address("write-images", write_up.slug), {"file": file, "alternative_en": "A teal wall", **texts}
    )


@pytest.fixture
def image(member_client: Client, draft: WriteUp) -> Image:
    upload(member_client, draft, picture())
    return Image.objects.get()


def test_upload_makes_three_widths_of_webp(image: Image) -> None:
    sizes = []
    for width in Image.WIDTHS:
        with default_storage.open(image.stored_at(width)) as file, Pillow.open(file) as stored:
            sizes.append((stored.format, stored.size))

    assert sizes == [("WEBP", (480, 320)), ("WEBP", (960, 640)), ("WEBP", (1200, 800))]


def test_upload_turns_upright_and_forgets_where_it_was_taken(member_client: Client, draft: WriteUp) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x010E] = "At home, 53.1N 4.1W"
    upload(member_client, draft, picture(exif=exif.tobytes()))

    image = Image.objects.get()
    with default_storage.open(image.stored_at(1600)) as file:
        data = file.read()
    assert b"53.1N" not in data
    with Pillow.open(BytesIO(data)) as stored:
        assert stored.size == (800, 1200)
        assert not stored.getexif()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
            "must be a picture",
        ),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 not really"), "must be a picture"),
        (SimpleUploadedFile("a.jpg", b""), "The file is empty"),
        (picture("GIF"), "must be a picture"),
        (picture("PNG", (9000, 9000)), "too many pixels"),
        (SimpleUploadedFile("a.jpg", picture().read() + b"0" * 10 * 1024 * 1024), "smaller than 10 MB"),
    ],
    ids=["svg", "broken", "empty", "gif", "bomb", "large"],
)
def test_upload_refuses(member_client: Client, draft: WriteUp, file: Any, said: str) -> None:
    file.seek(0)
    page = upload(member_client, draft, file)

    assert said in page.content.decode()
    assert not Image.objects.exists()


def test_upload_needs_words_for_those_who_cannot_see_it(member_client: Client, draft: WriteUp) -> None:
    page = upload(member_client, draft, picture(), alternative_en=" ")

    assert ": fill this in, in Welsh or in English" in page.content.decode()
    assert not Image.objects.exists()


def test_snippet_is_shown(member_client: Client, draft: WriteUp, image: Image) -> None:
    page = member_client.get(address("write-images", draft.slug)).content.decode()

    assert f"![A teal wall](/en/learning/images/{image.uuid}-960.webp)" in page


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        ("draft", None, 404), ("draft", "outsider", 404), ("draft", "colleague", 404), ("draft", "member", 200), ("draft", "editor", 200),
        ("published", None, 200), ("withdrawn", None, 404), ("withdrawn", "outsider", 404), ("withdrawn", "editor", 200),
    ],
)  # fmt: skip
def test_picture_is_for_those_who_may_read(
    state: str, who: str | None, status: int, image: Image, client_of: Any, request: pytest.FixtureRequest
) -> None:
    fields = {"state": state, "published_at": "2026-01-01T00:00Z", "withdrawn_reason_en": "Old"}
    WriteUp.objects.filter(pk=image.write_up_id).update(**fields)
    client = client_of(request.getfixturevalue(who) if who else None)

    answer = client.get(address("image", image.uuid, 960))

    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content)[:4] == b"RIFF"
        assert ("immutable" in answer["Cache-Control"]) is (state == "published")


def test_removed_picture_leaves_no_file(
    member_client: Client, draft: WriteUp, image: Image, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        member_client.post(address("write-image-removal", draft.slug, image.uuid))

    assert not Image.objects.exists()
    assert not any(default_storage.exists(image.stored_at(width)) for width in Image.WIDTHS)


def test_width_that_is_not_kept_is_not_found(member_client: Client, image: Image) -> None:
    assert member_client.get(address("image", image.uuid, 4000)).status_code == 404


def test_picture_of_another_write_up_cannot_be_changed(
    client_of: Any, outsider: Member, member_client: Client, image: Image, make: Any
) -> None:
    other = make()

    assert member_client.get(address("write-image", other.slug, image.uuid)).status_code == 404
