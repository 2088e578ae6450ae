"""The feedback of dates in figures, and the charts that draw them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.feedback import CAME, questions_of
from bookings.models import Booking, Feedback, FeedbackTheme, OwnAnswer, OwnQuestion
from seminars.models import SeminarDate
from ui import charts

USEFULNESS = {
    5: gettext_lazy("Very useful"),
    4: gettext_lazy("Useful"),
    3: gettext_lazy("Useful in part"),
    2: gettext_lazy("Hardly useful"),
    1: gettext_lazy("Not useful"),
}
# With fewer answers than this, people could be recognised by them.
FEW = 3
MOST_TEXTS = 100
# These are read at once, the others when they are asked for.
FIRST_TEXTS = 10
# In the place of what to count by.
ALL = Value(0)


@dataclass
class Opinions:
    """Of one date, or of several together."""

    usefulness: Counter[int] = field(default_factory=Counter)
    recommend: Counter[str] = field(default_factory=Counter)
    asked: int = 0

    @property
    def number(self) -> int:
        return self.usefulness.total()

    @property
    def is_few(self) -> bool:
        return 0 < self.number < FEW

    @property
    def mean(self) -> float:
        """From 1 to 5; 0 where nobody answered."""
        total = sum(value * number for value, number in self.usefulness.items())
        return round(total / self.number, 1) if self.number else 0.0

    @property
    def rate(self) -> int:
        """How many of those who were asked answered, in per cent."""
        return min(100, round(100 * self.number / self.asked)) if self.asked else 0

    @property
    def would_recommend(self) -> int:
        """In per cent."""
        yes = self.recommend[Feedback.Recommend.YES]
        return round(100 * yes / self.number) if self.number else 0


def of_dates(dates: Iterable[SeminarDate]) -> dict[int, Opinions]:
    """By the key of the date: two queries."""
    return counted([date.pk for date in dates], F("seminar_date"))


def of_enough(held: Any) -> Any:
    """Of these dates, the keys of those that enough people answered of, for what everybody reads.

    The others are left out of every sum: whoever takes the sum of one year, or seminar, from that of all would read
    what one or two people answered.
    """
    answers = Feedback.objects.filter(seminar_date__in=held).order_by().values("seminar_date")
    return answers.annotate(number=Count("pk")).filter(number__gte=FEW).values("seminar_date")


def counted(held: Any, by: Any) -> dict[int, Opinions]:
    """Of these dates (keys, or a query for them), by date, by seminar, or all together under 0: two queries.

    What nobody answered and nobody was asked has no opinions, and is counted as empty when it is asked for.
    """
    found: dict[int, Opinions] = defaultdict(Opinions)
    rows = Feedback.objects.filter(seminar_date__in=held).order_by()
    for key, usefulness, recommend, number in rows.values_list(by, "usefulness", "recommend").annotate(
        Count("pk")
    ):
        found[key].usefulness[usefulness] += number
        found[key].recommend[recommend] += number
    asked = Booking.objects.filter(seminar_date__in=held, state__in=CAME).order_by()
    for key, number in asked.values_list(by).annotate(Count("pk")):
        found[key].asked = number
    return found


def drawn(opinions: Opinions) -> dict[str, charts.Chart]:
    head = [_("Answer"), _("How many")]
    return {
        "usefulness": charts.bars(
            "usefulness",
            _("How useful was it?"),
            [(str(words), opinions.usefulness[value]) for value, words in USEFULNESS.items()],
            head,
        ),
        "recommend": charts.bars(
            "recommend",
            _("Would they recommend it to a colleague?"),
            [(str(words), opinions.recommend[value]) for value, words in Feedback.Recommend.choices],
            head,
        ),
    }


@dataclass
class Answered:
    """One of the organisers' own questions with what was answered: a chart, or texts."""

    question: OwnQuestion
    number: int
    chart: charts.Chart | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def first_texts(self) -> list[str]:
        return self.texts[:FIRST_TEXTS]

    @property
    def other_texts(self) -> list[str]:
        return self.texts[FIRST_TEXTS:]

    @property
    def are_more(self) -> bool:
        """Than the texts that are shown."""
        return self.number > len(self.texts)


def own_questions(seminar_date: SeminarDate) -> list[Answered]:
    """Three queries, however many questions there are."""
    questions = list(questions_of(seminar_date))
    given = OwnAnswer.objects.filter(question__in=questions, feedback__isnull=False).order_by()
    counts: dict[int, Counter[str]] = {question.pk: Counter() for question in questions}
    for key, value, number in given.values_list("question", "value").annotate(Count("pk")):
        counts[key][value] += number
    return [_answered(question, counts[question.pk]) for question in questions]


def _answered(question: OwnQuestion, counts: Counter[str]) -> Answered:
    number = counts.total()
    if question.kind == OwnQuestion.Kind.TEXT:
        # In the order of the alphabet: the order in which they came might tell whose they are.
        return Answered(question, number, texts=sorted(counts.elements())[:MOST_TEXTS])
    values = ["yes", "no"]
    if question.kind == OwnQuestion.Kind.CHOICE:
        values = [str(place) for place, _words in enumerate(question.options)]
    values += sorted(set(counts) - set(values))
    rows: list[tuple[Any, float]] = [
        (OwnAnswer(question=question, value=value).words, counts[value]) for value in values
    ]
    chart = charts.bars(f"own-{question.pk}", str(question), rows, [_("Answer"), _("How many")])
    return Answered(question, number, chart=chart)


def comments_of(seminar_date: SeminarDate) -> QuerySet[Feedback]:
    """The answers in which somebody wrote something."""
    return Feedback.objects.filter(seminar_date=seminar_date).exclude(take_away="", comment="")


def by_heading(seminar_date: SeminarDate) -> list[FeedbackTheme]:
    """The headings of the seminar, with `here` on this date and `all` over its dates; the fullest first."""
    found = FeedbackTheme.objects.filter(seminar=seminar_date.seminar_id).annotate(
        all=Count("feedback"), here=Count("feedback", filter=Q(feedback__seminar_date=seminar_date))
    )
    return list(found.order_by("-here", "-all", "name"))
