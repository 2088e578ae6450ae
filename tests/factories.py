"""Unsurprising rows: each valid, small, and in both languages unless a test says otherwise."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from learning.models import Author, Lesson, WriteUp
from people.models import Member, Membership, Organisation
from seminars.models import Billing, Room, Run, Seminar, SeminarDate, Series, Session, Slot, Speaker, Venue
from themes.models import Tag, Theme


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name_en = factory.Sequence(lambda n: f"Council {n}")
    name_cy = factory.Sequence(lambda n: f"Cyngor {n}")
    slug = factory.Sequence(lambda n: f"council-{n}")
    kind = Organisation.Kind.COUNCIL
    nation = Organisation.Nation.WALES
    region = Organisation.Region.NORTH_WALES


class MemberFactory(DjangoModelFactory[Member]):
    class Meta:
        model = Member
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Member {n}")
    email = factory.Sequence(lambda n: f"member{n}@body.example")
    slug = factory.Sequence(lambda n: f"member-{n}")
    kind = Member.Kind.OFFICER
    password = factory.django.Password("a long passphrase")


def member_of(organisation: Organisation, role: str, **fields: Any) -> Member:
    member = MemberFactory(**fields)
    Membership.objects.create(
        member=member, organisation=organisation, role=role, confirmed_at=timezone.now()
    )
    return member


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    name_en = factory.Sequence(lambda n: f"Theme {n}")
    name_cy = factory.Sequence(lambda n: f"Thema {n}")
    slug_en = factory.Sequence(lambda n: f"theme-{n}")
    slug_cy = factory.Sequence(lambda n: f"thema-{n}")
    position = factory.Sequence(lambda n: n + 100)


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"tag {n}")


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    title_en = factory.Sequence(lambda n: f"Series {n}")
    title_cy = factory.Sequence(lambda n: f"Cyfres {n}")
    slug = factory.Sequence(lambda n: f"series-{n}")
    organisation = factory.SubFactory(OrganisationFactory)


class SeminarFactory(DjangoModelFactory[Seminar]):
    """A published seminar without dates."""

    class Meta:
        model = Seminar

    title_en = factory.Sequence(lambda n: f"Seminar {n}")
    title_cy = factory.Sequence(lambda n: f"Seminar Cymraeg {n}")
    slug = factory.Sequence(lambda n: f"seminar-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    state = Seminar.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class VenueFactory(DjangoModelFactory[Venue]):
    class Meta:
        model = Venue

    name_en = factory.Sequence(lambda n: f"Hall {n}")
    name_cy = factory.Sequence(lambda n: f"Neuadd {n}")
    town_en = "Cardiff"
    town_cy = "Caerdydd"
    region = Organisation.Region.SOUTH_EAST_WALES


class RoomFactory(DjangoModelFactory[Room]):
    class Meta:
        model = Room

    venue = factory.SubFactory(VenueFactory)
    name_en = factory.Sequence(lambda n: f"Room {n}")
    name_cy = factory.Sequence(lambda n: f"Ystafell {n}")
    capacity = 30


class SeminarDateFactory(DjangoModelFactory[SeminarDate]):
    """A morning thirty days from now, in person."""

    class Meta:
        model = SeminarDate

    seminar = factory.SubFactory(SeminarFactory)
    slug = factory.Sequence(lambda n: f"date-{n}")
    starts_at = factory.LazyFunction(
        lambda: timezone.now().replace(minute=30, second=0, microsecond=0) + timedelta(days=30)
    )
    ends_at = factory.LazyAttribute(lambda date: date.starts_at + timedelta(hours=3, minutes=30))
    venue = factory.SubFactory(VenueFactory)


class SlotFactory(DjangoModelFactory[Slot]):
    class Meta:
        model = Slot

    seminar_date = factory.SubFactory(SeminarDateFactory)
    starts_at = factory.LazyAttribute(lambda slot: slot.seminar_date.starts_at)
    ends_at = factory.LazyAttribute(lambda slot: slot.starts_at + timedelta(minutes=45))


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    seminar = factory.SubFactory(SeminarFactory)
    title_en = factory.Sequence(lambda n: f"Workshop {n}")
    title_cy = factory.Sequence(lambda n: f"Gweithdy {n}")
    kind = Session.Kind.WORKSHOP
    position = factory.Sequence(lambda n: n % 1000)


class SpeakerFactory(DjangoModelFactory[Speaker]):
    class Meta:
        model = Speaker

    name = factory.Sequence(lambda n: f"Speaker {n}")
    slug = factory.Sequence(lambda n: f"speaker-{n}")
    organisation = factory.SubFactory(OrganisationFactory)


class BillingFactory(DjangoModelFactory[Billing]):
    class Meta:
        model = Billing

    session = factory.SubFactory(SessionFactory)
    speaker = factory.SubFactory(SpeakerFactory)
    state = Billing.State.ACCEPTED


class RunFactory(DjangoModelFactory[Run]):
    class Meta:
        model = Run

    session = factory.SubFactory(SessionFactory)
    slot = factory.SubFactory(SlotFactory)
    capacity = 30


class WriteUpFactory(DjangoModelFactory[WriteUp]):
    """A draft; `published_write_up()` gives one that is published and filed."""

    class Meta:
        model = WriteUp

    title_en = factory.Sequence(lambda n: f"Write-up {n}")
    title_cy = factory.Sequence(lambda n: f"Adroddiad {n}")
    slug = factory.Sequence(lambda n: f"write-up-{n}")
    summary_en = "A short summary."
    summary_cy = "Crynodeb byr."
    organisation = factory.SubFactory(OrganisationFactory)


class LessonFactory(DjangoModelFactory[Lesson]):
    class Meta:
        model = Lesson

    write_up = factory.SubFactory(WriteUpFactory)
    position = factory.LazyAttribute(lambda lesson: lesson.write_up.lessons.count() + 1)
    title_en = factory.Sequence(lambda n: f"Lesson {n}")
    title_cy = factory.Sequence(lambda n: f"Gwers {n}")


class AuthorFactory(DjangoModelFactory[Author]):
    class Meta:
        model = Author

    write_up = factory.SubFactory(WriteUpFactory)
    name = factory.Sequence(lambda n: f"Author {n}")
    position = factory.LazyAttribute(lambda author: author.write_up.authors.count())
