from django.db import models
from django.utils.translation import gettext_lazy as _

from ui.addresses import address_of
from ui.bilingual import Bilingual, at_least_one, reader_language
from ui.markdown import MarkdownField, RenderedField

GOALS = 7
WAYS = 5


class ThemeQuerySet(models.QuerySet["Theme"]):
    def editorial(self) -> "ThemeQuerySet":
        return self.filter(framework=Theme.Framework.EDITORIAL)

    def goals(self) -> "ThemeQuerySet":
        return self.filter(framework=Theme.Framework.GOAL)

    def ways(self) -> "ThemeQuerySet":
        return self.filter(framework=Theme.Framework.WAY)

    def named(self, slug: str) -> "ThemeQuerySet":
        """By its slug in either language: an address that is shared across languages still works."""
        return self.filter(models.Q(slug_en=slug) | models.Q(slug_cy=slug))


class Theme(Bilingual):
    """A curated subject, or one of the goals and ways of working of the Well-being of Future Generations (Wales) Act 2015."""

    class Framework(models.TextChoices):
        EDITORIAL = "editorial", _("Theme")
        GOAL = "goal", _("Well-being goal")
        WAY = "way", _("Way of working")

    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_cy = models.CharField(_("name in Welsh"), max_length=120, blank=True)
    slug_en = models.SlugField(max_length=120, unique=True)
    slug_cy = models.SlugField(max_length=120, unique=True)
    framework = models.CharField(max_length=10, choices=Framework, default=Framework.EDITORIAL)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    summary_en = models.CharField(_("in a sentence, in English"), max_length=300, blank=True)
    summary_cy = models.CharField(_("in a sentence, in Welsh"), max_length=300, blank=True)
    introduction_en = MarkdownField(_("introduction in English"))
    introduction_en_html = RenderedField("introduction_en")
    introduction_cy = MarkdownField(_("introduction in Welsh"))
    introduction_cy_html = RenderedField("introduction_cy")
    # One question a line: what a councillor might ask officers.
    questions_en = models.TextField(_("questions to ask, in English"), blank=True)
    questions_cy = models.TextField(_("questions to ask, in Welsh"), blank=True)

    objects = ThemeQuerySet.as_manager()
    bilingual_required = ("name",)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            at_least_one("name"),
            models.UniqueConstraint(fields=["framework", "position"], name="themes_one_theme_a_position"),
            # The Act fixes seven goals and five ways of working: sections 4 and 5.
            models.CheckConstraint(
                condition=models.Q(framework="editorial")
                | models.Q(framework="goal", position__gte=1, position__lte=GOALS)
                | models.Q(framework="way", position__gte=1, position__lte=WAYS),
                name="themes_wellbeing_from_the_fixed_list",
            ),
        ]

    def __str__(self) -> str:
        return self.tr("name")

    def get_absolute_url(self) -> str:
        return address_of("themes:theme", self.tr_slug)

    @property
    def tr_slug(self) -> str:
        return self.slug_cy if reader_language() == "cy" else self.slug_en

    @property
    def questions(self) -> list[str]:
        return [line.strip() for line in self.tr("questions").splitlines() if line.strip()]
