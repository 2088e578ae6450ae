"""The feedback of a date as a table: a row for each answer, in an order that tells nothing of who gave it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bookings.feedback import questions_of
from bookings.models import Feedback, OwnAnswer
from bookings.opinions import USEFULNESS
from seminars.models import SeminarDate

CHUNK = 500


def in_no_order(answers: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Not as they came in: whoever saw people answer one after another would know whose they are."""
    return answers.order_by("-usefulness", "take_away", "comment", "pk")


def rows(date: SeminarDate) -> Iterator[list[str]]:
    """The headings, and a row for each answer; a file is still being sent when the request is over."""
    language = get_language() or "en"
    questions = list(questions_of(date))
    names = [
        _("Usefulness, from 1 to 5"),
        _("Usefulness"),
        _("What they take away"),
        _("Recommend it"),
        _("Anything else"),
        _("Headings"),
    ]
    headings = [*names, *(str(question) for question in questions)]

    def told() -> Iterator[list[str]]:
        yield headings
        found = in_no_order(Feedback.objects.filter(seminar_date=date)).prefetch_related(
            "themes", Prefetch("answers", OwnAnswer.objects.select_related("question"))
        )
        for one in found.iterator(chunk_size=CHUNK):
            with override(language):
                row = _row(one, [question.pk for question in questions])
            yield row

    return told()


def _row(one: Feedback, questions: list[int]) -> list[str]:
    answers: dict[int, Any] = {answer.question_id: answer.words for answer in one.answers.all()}
    return [
        str(one.usefulness),
        str(USEFULNESS[one.usefulness]),
        one.take_away,
        str(one.get_recommend_display()),
        one.comment,
        "; ".join(theme.name for theme in one.themes.all()),
        *(str(answers.get(key, "")) for key in questions),
    ]
