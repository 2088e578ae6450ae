import pytest

from learning import revisions
from learning.leaving import NAMELESS
from learning.models import WriteUp
from people.closing import close_account
from people.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("keep_name", [True, False])
def test_a_closed_account_keeps_or_loses_its_name_in_every_revision(member: Member, keep_name: bool) -> None:
    write_up = factories.WriteUpFactory(created_by=member, state="in review")
    author = factories.AuthorFactory(write_up=write_up, member=member, name="Mair Officer")
    revision = revisions.record(write_up, member)

    close_account(member, keep_name=keep_name)

    author.refresh_from_db()
    assert author.name == ("Mair Officer" if keep_name else NAMELESS)
    kept = " ".join(f"{v.serialized_data} {v.object_repr}" for v in revision.version_set.all())
    assert ("Mair Officer" in kept) is keep_name
    assert '"member": null' in kept


def test_a_draft_goes_with_its_only_writer_and_stays_with_another(member: Member, colleague: Member) -> None:
    factories.WriteUpFactory(created_by=member)
    shared = factories.WriteUpFactory(created_by=member)
    factories.AuthorFactory(write_up=shared, member=colleague)
    sent = factories.WriteUpFactory(created_by=member, state="in review")

    close_account(member, keep_name=True)

    assert set(WriteUp.objects.values_list("pk", flat=True)) == {shared.pk, sent.pk}
