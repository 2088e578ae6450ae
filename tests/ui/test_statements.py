"""What the ORM has written once gives what the ORM would give, whatever falls into its holes."""

import pytest
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from people.models import AuditEvent, Organisation
from seminars.models import Run, SeminarDate
from tests import factories
from ui.statements import Kept, KeptInsert, KeptUpdate, hole, holes

pytestmark = pytest.mark.django_db


def dates() -> QuerySet[SeminarDate]:
    later = SeminarDate.objects.filter(seminar=OuterRef("seminar"), starts_at__gt=OuterRef("starts_at"))
    return SeminarDate.objects.select_related("seminar__organisation", "venue").annotate(
        has_later=Exists(later)
    )


def test_rows_are_the_models_of_the_queryset_with_what_is_joined_and_annotated() -> None:
    first, second = (
        factories.SeminarDateFactory(),
        factories.SeminarDateFactory(attendance="online", venue=None),
    )
    kept = Kept(lambda: dates().filter(pk=hole(SeminarDate, "id")))

    for date in (first, second, first):
        (found,) = kept.rows(id=date.pk)
        wanted = dates().get(pk=date.pk)
        for one, other in ((found, wanted), (found.seminar, wanted.seminar), (found.venue, wanted.venue)):
            told = [
                {k: v for k, v in vars(each).items() if k != "_state"} if each else None
                for each in (one, other)
            ]
            assert told[0] == told[1]
        assert found.seminar.organisation == wanted.seminar.organisation
        assert found.has_later is wanted.has_later is False
        assert not found._state.adding


def test_rows_of_values_are_what_fields_hold() -> None:
    date = factories.SeminarDateFactory()
    kept = Kept(
        lambda: SeminarDate.objects.filter(pk=hole(SeminarDate, "id")).values_list("uuid", "starts_at")
    )

    assert [tuple(row) for row in kept.rows(id=date.pk)] == [(date.uuid, date.starts_at)]
    assert kept.rows(id=0) == []


def test_a_statement_is_written_once() -> None:
    written = []

    def write() -> QuerySet[Organisation]:
        written.append(1)
        return Organisation.objects.filter(slug=hole(Organisation, "slug"))

    one, other, kept = factories.OrganisationFactory(), factories.OrganisationFactory(), Kept(write)

    assert [kept.rows(slug=slug) for slug in (one.slug, other.slug, "-")] == [[one], [other], []]
    assert len(written) == 1


@pytest.mark.parametrize("name", ["Plain words", "O’r 100% 'gwir' %s", "", "25", "x' OR 1=1 --"])
def test_constants_are_what_they_are(name: str) -> None:
    wanted = factories.OrganisationFactory(name_en=name or "x", name_cy=name)
    factories.OrganisationFactory(name_cy="Arall")
    kept = Kept(
        lambda: Organisation.objects.filter(name_cy=name, pk__gt=0, slug=hole(Organisation, "slug")).exclude(
            name_en__contains="50%"
        )
    )

    assert kept.rows(slug=wanted.slug) == [wanted]
    assert kept.rows(slug="-") == []


def test_holes_in_a_list_take_a_list() -> None:
    some = [factories.OrganisationFactory() for _each in range(3)]
    kept = Kept(lambda: Organisation.objects.filter(slug__in=holes(Organisation, "slug", 2)).order_by("pk"))

    assert kept.rows(slug=[some[2].slug, some[0].slug]) == [some[0], some[2]]


def test_nothing_does_not_fall_into_a_hole() -> None:
    kept = Kept(lambda: SeminarDate.objects.filter(venue=hole(SeminarDate, "venue")))

    with pytest.raises(ValueError, match="venue is None"):
        kept.rows(venue=None)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_only_in_a_transaction() -> None:
    organisation = factories.OrganisationFactory()
    kept = Kept(lambda: Organisation.objects.filter(pk=hole(Organisation, "id")).select_for_update())

    with transaction.atomic():
        assert kept.rows(id=organisation.pk) == [organisation]
    with pytest.raises(transaction.TransactionManagementError):
        kept.rows(id=organisation.pk)


def test_an_update_says_how_many_rows_it_changed() -> None:
    run = factories.RunFactory(capacity=5)
    take = KeptUpdate(
        lambda: Run.objects.filter(
            pk=hole(Run, "id"), taken__lte=F("capacity") - hole(Run, "taken", "number")
        ),
        lambda: {"taken": F("taken") + hole(Run, "taken", "number")},
    )

    assert [take.run(id=run.pk, number=number) for number in (3, 3, 2)] == [1, 0, 1]
    run.refresh_from_db()
    assert run.taken == 5


@pytest.mark.parametrize("number", [0, 1, 2])
def test_inserted_rows_have_a_key_and_are_read_as_they_were(number: int) -> None:
    rows = [AuditEvent(verb="tried", detail={"ŵ": [number]}, object_label="%s") for _each in range(number)]
    insert = KeptInsert(AuditEvent)

    for _twice in range(2):
        for row in rows:
            row.pk, row._state.adding = None, True
        insert.run(rows)

    assert AuditEvent.objects.count() == 2 * number
    for row in rows:
        there = AuditEvent.objects.get(pk=row.pk)
        assert {k: v for k, v in vars(there).items() if k != "_state"} == {
            k: v for k, v in vars(row).items() if k != "_state"
        }


def test_a_partial_index_has_nothing_to_ask_of_parameters() -> None:
    """SQLite would plan the statement anew for each value."""
    kept = Kept(lambda: SeminarDate.objects.filter(state="scheduled", pk=hole(SeminarDate, "id")))
    kept.rows(id=1)

    assert "'scheduled'" in kept.text
    assert kept.text.count("%s") == 1
