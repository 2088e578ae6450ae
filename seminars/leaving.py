"""What becomes of a member's page as a speaker when they close their account (people/closing.py)."""

from people.models import Member
from seminars.models import Speaker
from seminars.slugs import free_slug

NAMELESS = "Cyn-siaradwr / Former speaker"


def leave(member: Member, keep_name: bool) -> None:
    """The programme of a past seminar stays true; the address to write to goes in any case."""
    for speaker in Speaker.objects.filter(member=member):
        speaker.email = ""
        if not keep_name:
            speaker.name, speaker.bio_en, speaker.bio_cy = NAMELESS, "", ""
            speaker.slug = free_slug(Speaker.objects.all(), "former-speaker", fallback="speaker")
        speaker.save()
