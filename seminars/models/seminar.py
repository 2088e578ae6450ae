from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from people.access import has_role, organisations_as
from people.models import AuditEvent, Organisation
from people.models.membership import Role
from people.refusal import Refused
from seminars import news
from seminars.locks import changing
from seminars.slugs import free_slug
from themes.models import Tagged, Theme
from ui.addresses import address_of
from ui.bilingual import Bilingual, at_least_one
from ui.folding import fold
from ui.markdown import MarkdownField, RenderedField


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self) -> "SeriesQuerySet":
        """Those in which everybody may read something."""
        return self.filter(
            models.Exists(Seminar.objects.published().filter(series=models.OuterRef("pk"))),
        )


class Series(Bilingual):
    """Seminars that belong together."""

    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="series", verbose_name=_("organisation")
    )
    description_en = MarkdownField(_("description in English"))
    description_en_html = RenderedField("description_en")
    description_cy = MarkdownField(_("description in Welsh"))
    description_cy_html = RenderedField("description_cy")

    objects = SeriesQuerySet.as_manager()
    bilingual_required = ("title",)

    class Meta:
        ordering = ["title_en", "title_cy"]
        verbose_name_plural = "series"
        constraints = [at_least_one("title")]

    def __str__(self) -> str:
        return self.tr("title")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(Series.objects.all(), self.title_en or self.title_cy, fallback="series")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("seminars:series", self.slug)


class SeminarQuerySet(models.QuerySet["Seminar"]):
    def published(self) -> "SeminarQuerySet":
        """What everybody may read: published, or archived after its time."""
        return self.filter(state__in=[Seminar.State.PUBLISHED, Seminar.State.ARCHIVED])

    def run_by(self, member: Any) -> "SeminarQuerySet":
        """Those that the member may organise."""
        if getattr(member, "is_staff", False):
            return self.all()
        return self.filter(organisation__in=organisations_as(member, Role.ORGANISER))

    def visible_to(self, member: Any) -> "SeminarQuerySet":
        mine = models.Q(organisation__in=organisations_as(member, Role.ORGANISER))
        public = models.Q(state__in=[Seminar.State.PUBLISHED, Seminar.State.ARCHIVED])
        return self.all() if getattr(member, "is_staff", False) else self.filter(public | mine)


class Seminar(Bilingual):
    """What an event is about; its dates say when and where."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="seminars", null=True, blank=True, verbose_name=_("series")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seminars", verbose_name=_("host organisation")
    )
    summary_en = models.CharField(_("in a sentence, in English"), max_length=300, blank=True)
    summary_cy = models.CharField(_("in a sentence, in Welsh"), max_length=300, blank=True)
    focus_en = MarkdownField(_("focus in English"))
    focus_en_html = RenderedField("focus_en")
    focus_cy = MarkdownField(_("focus in Welsh"))
    focus_cy_html = RenderedField("focus_cy")
    # One outcome a line: what delegates will be able to do.
    outcomes_en = models.TextField(_("what delegates will be able to do, in English"), blank=True)
    outcomes_cy = models.TextField(_("what delegates will be able to do, in Welsh"), blank=True)
    audience_en = models.TextField(_("who it is for, in English"), blank=True)
    audience_cy = models.TextField(_("who it is for, in Welsh"), blank=True)
    themes = models.ManyToManyField(Theme, related_name="seminars", blank=True, verbose_name=_("themes"))
    tags = TaggableManager(through=Tagged, blank=True, verbose_name=_("tags"), related_name="tagged_seminars")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Titles and summaries folded, for the plain search.
    folded = models.TextField(editable=False, blank=True)

    objects = SeminarQuerySet.as_manager()
    bilingual_required = ("title",)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            at_least_one("title"),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_at__isnull=False),
                name="seminars_published_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.tr("title")

    def get_absolute_url(self) -> str:
        return address_of("seminars:seminar", self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(Seminar.objects.all(), self.title_en or self.title_cy)
        texts = (self.title_en, self.title_cy, self.summary_en, self.summary_cy)
        self.folded = fold("\n".join(filter(None, texts)))
        super().save(*args, **kwargs)

    def can_be_run_by(self, member: Any) -> bool:
        return has_role(member, Role.ORGANISER, self.organisation_id)

    @property
    def is_public(self) -> bool:
        return self.state != self.State.DRAFT

    @property
    def outcomes(self) -> list[str]:
        return [line.strip() for line in self.tr("outcomes").splitlines() if line.strip()]

    def missing(self) -> list[str]:
        """What stands between this seminar and everybody's eyes, each as a sentence."""
        said = []
        if not self.tr("title").strip():
            said.append(gettext("It has no title."))
        if not self.tr("focus").strip():
            said.append(gettext("It has no focus: say what it is about."))
        if not self.dates.exists():
            said.append(gettext("It has no date."))
        if not self.sessions.filter(runs__isnull=False).exists():
            said.append(gettext("Its programme is empty: put at least one session in a slot."))
        return said

    def publish(self, *, by: Any) -> None:
        """Show it to everybody; an archived seminar comes back. Refused while anything is missing."""
        with changing(self):
            self._settle(by, "published", Seminar.State.PUBLISHED, but_not=Seminar.State.PUBLISHED)

    def unpublish(self, *, by: Any) -> None:
        """Take it back to a draft, which only organisers see; refused once one of its dates is past."""
        with changing(self):
            if self.dates.past().exists():
                raise Refused(gettext("One of its dates is past, so it stays public. You can archive it."))
            for date in self.dates.public():
                news.tell(date, "unpublished", by)
            self._settle(by, "unpublished", Seminar.State.DRAFT, but_not=Seminar.State.DRAFT)

    def archive(self, *, by: Any) -> None:
        """Keep it readable, and out of what is coming."""
        with changing(self):
            if self.dates.scheduled().upcoming().exists():
                raise Refused(
                    gettext(
                        "It has a date that is still to come. Cancel that date first, or wait until it is over."
                    )
                )
            self._settle(by, "archived", Seminar.State.ARCHIVED, but_not=Seminar.State.ARCHIVED)

    def _settle(self, by: Any, verb: str, state: str, but_not: str) -> None:
        """Change the state under the lock. A second click finds the state that it asked for, and does nothing."""
        self.refresh_from_db()
        if self.state == but_not:
            return
        if state != Seminar.State.DRAFT and (missing := self.missing()):
            raise Refused(*missing)
        self.state = state
        if state == Seminar.State.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        self.save()
        AuditEvent.record(by, verb, self)
        if state == Seminar.State.PUBLISHED:
            for date in self.dates.all():
                news.tell(date, "published", by)
