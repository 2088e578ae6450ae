"""Who speaks on which session, as the public may know it: live billings only, in their order.

Read by one query, because a session and its speakers are shown together wherever either is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Q

from people.models import Organisation
from seminars.models import Billing, Resource, Run, Seminar, SeminarDate, Session, Speaker
from seminars.timetable import Entry, Timetable, lay_out

GONE = [Billing.State.DECLINED, Billing.State.WITHDRAWN]
SPEAKER = ("name", "slug", "kind", "role_en", "role_cy", "organisation_name")
ORGANISATION = ("name_en", "name_cy", "slug")


@dataclass(slots=True)
class Act:
    """A session with its speakers; two or more of them make a double act."""

    session: Session
    speakers: list[Speaker] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)

    @property
    def is_double_act(self) -> bool:
        return len(self.speakers) > 1

    @property
    def is_break(self) -> bool:
        return self.session.kind == Session.Kind.BREAK


def acts_of(seminar: Seminar) -> list[Act]:
    """The sessions of a seminar in the order of its programme: one query."""
    rows = (
        Session.objects.filter(seminar=seminar)
        .annotate(live=FilteredRelation("billings", condition=~Q(billings__state__in=GONE)))
        .annotate(
            speaker_pk=F("live__speaker"),
            organisation_pk=F("live__speaker__organisation"),
            **{f"speaker_{name}": F(f"live__speaker__{name}") for name in SPEAKER},
            **{f"organisation_{name}_": F(f"live__speaker__organisation__{name}") for name in ORGANISATION},
        )
        .order_by("position", "pk", "live__position", "live__pk")
    )
    acts: dict[int, Act] = {}
    for row in rows:
        act = acts.setdefault(row.pk, Act(row))
        if row.speaker_pk is not None:
            act.speakers.append(_speaker(row))
    return list(acts.values())


def speakers_of(acts: Iterable[Act]) -> list[Speaker]:
    """Everybody once, in the order in which they first speak."""
    return list({speaker.pk: speaker for act in acts for speaker in act.speakers}.values())


def _speaker(row: Session) -> Speaker:
    found = vars(row)
    speaker = Speaker(pk=found["speaker_pk"], **{name: found[f"speaker_{name}"] for name in SPEAKER})
    if found["organisation_pk"] is not None:
        speaker.organisation = Organisation(
            pk=found["organisation_pk"], **{name: found[f"organisation_{name}_"] for name in ORGANISATION}
        )
    return speaker


def programme_of(seminar_date: SeminarDate) -> tuple[Timetable[Act], list[Speaker]]:
    """The timetable of a date and everybody who speaks there: two queries."""
    runs = list(
        Run.objects.filter(slot__seminar_date=seminar_date)
        .select_related("session", "slot", "room")
        .order_by("slot__starts_at", "session__position", "pk")
    )
    acts: dict[int, Act] = {run.session_id: Act(run.session) for run in runs}
    billings = (
        Billing.objects.live()
        .filter(session__in=acts)
        .select_related("speaker__organisation")
        .defer("speaker__email", "speaker__bio_en", "speaker__bio_cy", "token_hash")
        .order_by("position", "pk")
    )
    for billing in billings:
        acts[billing.session_id].speakers.append(billing.speaker)
    tz = seminar_date.tz
    entries = [
        Entry(
            starts_at=run.slot.starts_at.astimezone(tz),
            ends_at=run.slot.ends_at.astimezone(tz),
            room=run.room.tr("name") if run.room else None,
            order=order,
            what=acts[run.session_id],
            session=run.session_id,
        )
        for order, run in enumerate(runs)
    ]
    # Columns in the order in which the programme names their sessions, not by the alphabet.
    rooms = [entry.room for entry in entries if entry.room]
    return lay_out(entries, list(dict.fromkeys(rooms))), speakers_of(acts.values())
