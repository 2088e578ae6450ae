from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.afterwards import Feedback
from bookings.models.booking import Booking
from seminars.models import SeminarDate
from ui.bilingual import Bilingual, at_least_one

MOST_QUESTIONS = 10


class OwnQuestion(Bilingual):
    """A question that the organisers of a date ask when somebody books, or afterwards with the feedback."""

    class Purpose(models.TextChoices):
        BOOKING = "booking", _("When somebody books")
        FEEDBACK = "feedback", _("With the feedback")

    class Kind(models.TextChoices):
        TEXT = "text", _("A text")
        CHOICE = "choice", _("One of several answers")
        YES_NO = "yes no", _("Yes or no")

    seminar_date = models.ForeignKey(SeminarDate, models.CASCADE, related_name="own_questions")
    purpose = models.CharField(_("when is it asked?"), max_length=8, choices=Purpose, default=Purpose.BOOKING)
    kind = models.CharField(_("what is the answer?"), max_length=8, choices=Kind, default=Kind.TEXT)
    text_en = models.CharField(_("question in English"), max_length=200, blank=True)
    text_cy = models.CharField(_("question in Welsh"), max_length=200, blank=True)
    # One a line, as many in both languages: the answer that is kept is the number of the line, from 0.
    options_en = models.TextField(_("answers in English, one a line"), blank=True)
    options_cy = models.TextField(_("answers in Welsh, one a line"), blank=True)
    is_required = models.BooleanField(_("it must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    bilingual_required = ("text",)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [at_least_one("text")]

    def __str__(self) -> str:
        return self.tr("text")

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.tr("options").splitlines() if line.strip()]


class OwnAnswer(models.Model):
    """An answer to one of the organisers' own questions; text, "yes" or "no", or the number of the option."""

    question = models.ForeignKey(OwnQuestion, models.CASCADE, related_name="answers")
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="answers", null=True)
    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="answers", null=True)
    value = models.TextField(max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(booking__isnull=True) ^ Q(feedback__isnull=True),
                name="bookings_answer_of_one_thing",
            ),
            models.UniqueConstraint(fields=["question", "booking"], name="bookings_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"

    @property
    def words(self) -> str:
        """The answer as a person reads it."""
        if self.question.kind == OwnQuestion.Kind.CHOICE:
            options = self.question.options
            return (
                options[int(self.value)]
                if self.value.isdecimal() and int(self.value) < len(options)
                else self.value
            )
        if self.question.kind == OwnQuestion.Kind.YES_NO:
            return str(_("Yes") if self.value == "yes" else _("No"))
        return self.value
