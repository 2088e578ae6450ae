import pytest

from people.closing import close_account
from people.models import Member
from seminars.leaving import NAMELESS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keep_name", [True, False])
def test_a_speaker_whose_account_is_closed(member: Member, keep_name: bool) -> None:
    speaker = factories.SpeakerFactory(
        member=member, name="Mair", slug="mair", email=member.email, bio_en="She digs."
    )

    close_account(member, keep_name=keep_name)

    speaker.refresh_from_db()
    assert (speaker.member, speaker.email) == (None, "")
    assert (speaker.name, speaker.bio_en) == (("Mair", "She digs.") if keep_name else (NAMELESS, ""))
    assert (speaker.slug == "mair") is keep_name
