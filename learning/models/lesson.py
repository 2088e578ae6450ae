from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.writeup import WriteUp
from themes.models import Theme
from ui.addresses import address_of
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
        return address_of("learning:lesson", self.write_up.slug, self.position)

    def can_be_kept_by(self, member: Any) -> bool:
        return bool(member.is_authenticated) and self.write_up.is_published

    def keep(self, member: Any) -> bool:
        """Put it on the member's shelf; returns whether it was not there yet. Twice counts once."""
        with transaction.atomic():
            _keep, is_new = Keep.objects.get_or_create(member=member, lesson=self)
            if is_new:
                Lesson.objects.filter(pk=self.pk).update(kept=F("kept") + 1)
        return is_new

    def let_go(self, member: Any) -> bool:
        """Take it off the member's shelf; returns whether it was there."""
        with transaction.atomic():
            # Rows really deleted, so that of two requests at once only one counts down.
            gone, _by_model = Keep.objects.filter(member=member, lesson=self).delete()
            if gone:
                Lesson.objects.filter(pk=self.pk, kept__gt=0).update(kept=F("kept") - 1)
        return bool(gone)


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
