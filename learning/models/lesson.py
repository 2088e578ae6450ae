from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.writeup import WriteUp
from themes.models import Theme
from ui.bilingual import Bilingual, at_least_one
from ui.markdown import MarkdownField, RenderedField


class Lesson(Bilingual):
    """A numbered unit of a write-up, with an address of its own, that others can cite."""

    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="lessons")
    # 1, 2, 3 … in reading order; the verbs that reorder keep it so in one transaction.
    position = models.PositiveSmallIntegerField()
    title_en = models.CharField(_("lesson in English"), max_length=250, blank=True)
    title_cy = models.CharField(_("lesson in Welsh"), max_length=250, blank=True)
    body_en = MarkdownField(_("more about it, in English"))
    body_en_html = RenderedField("body_en")
    body_cy = MarkdownField(_("more about it, in Welsh"))
    body_cy_html = RenderedField("body_cy")
    themes = models.ManyToManyField(Theme, related_name="lessons", blank=True, verbose_name=_("themes"))
    # How many members keep it on their shelf; owned by Keep's verbs.
    kept = models.PositiveIntegerField(default=0, editable=False)

    bilingual_required = ("title",)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["-kept"], name="learning_lesson_kept")]
        constraints = [
            at_least_one("title"),
            models.UniqueConstraint(
                fields=["write_up", "position"],
                name="learning_lesson_position",
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="learning_lesson_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.tr("title")

    def get_absolute_url(self) -> str:
        return reverse("learning:lesson", args=[self.write_up.slug, self.position])


class Keep(models.Model):
    """That a member keeps a lesson on their shelf: private to them, counted for everybody."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_lessons")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="keeps")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["member", "lesson"], name="learning_kept_once")]

    def __str__(self) -> str:
        return f"{self.member} – {self.lesson}"
