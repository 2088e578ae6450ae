import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from learning.workflow import State, Workflow
from people.access import has_role, organisations_as
from people.models import Member, Organisation
from people.models.membership import Role
from seminars.models import Seminar
from themes.models import Tagged, Theme
from ui.addresses import address_of
from ui.bilingual import Bilingual, at_least_one
from ui.markdown import MarkdownField, RenderedField


class WriteUpQuerySet(models.QuerySet["WriteUp"]):
    def published(self) -> "WriteUpQuerySet":
        return self.filter(state=WriteUp.State.PUBLISHED)

    def newest_first(self) -> "WriteUpQuerySet":
        return self.order_by("-published_at", "-pk")

    def awaiting_review(self) -> "WriteUpQuerySet":
        """Handed in and not yet decided, the longest waiting first."""
        waiting = self.filter(state=WriteUp.State.IN_REVIEW, publish_on__isnull=True)
        return waiting.order_by("submitted_at", "pk")

    def scheduled(self) -> "WriteUpQuerySet":
        """To be published at a time to come; until then they are in review, and nobody else sees them."""
        return self.filter(state=WriteUp.State.IN_REVIEW, publish_on__isnull=False).order_by(
            "publish_on", "pk"
        )

    def due(self) -> "WriteUpQuerySet":
        return self.scheduled().filter(publish_on__lte=timezone.now())

    def to_look_at_again(self) -> "WriteUpQuerySet":
        """Published ones whose review date has come."""
        return self.published().filter(review_on__lte=timezone.localdate()).order_by("review_on", "pk")

    def visible_to(self, member: Any) -> "WriteUpQuerySet":
        """What the member may read: what is or was public, what they write, and what their organisation's editors look after."""
        if getattr(member, "is_staff", False):
            return self.all()
        public = models.Q(state__in=[WriteUp.State.PUBLISHED, WriteUp.State.WITHDRAWN])
        if not getattr(member, "is_authenticated", False):
            return self.filter(public)
        mine = models.Q(pk__in=Author.objects.filter(member=member).values("write_up"))
        ours = models.Q(organisation__in=organisations_as(member, Role.EDITOR))
        return self.filter(public | models.Q(created_by=member) | mine | ours)

    def written_by(self, member: Any) -> "WriteUpQuerySet":
        return self.filter(
            models.Q(created_by=member)
            | models.Q(pk__in=Author.objects.filter(member=member).values("write_up"))
        )

    def reviewed_by(self, member: Any) -> "WriteUpQuerySet":
        """Those that the member may review, because they edit for the organisation."""
        if getattr(member, "is_staff", False):
            return self.all()
        return self.filter(organisation__in=organisations_as(member, Role.EDITOR))


class WriteUp(Workflow, Bilingual):
    """What somebody learnt: an event reflection, a case study or a how-to, made of numbered lessons."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", _("Event reflection")
        CASE_STUDY = "case study", _("Case study")
        HOW_TO = "how-to", _("How-to")

    State = State

    class Licence(models.TextChoices):
        OGL = "OGL-UK-3.0", _("Open Government Licence v3.0")
        CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
        CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
        RESERVED = "reserved", _("All rights reserved, shown with permission")

    LICENCE_ADDRESSES = {
        "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    }

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.REFLECTION)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True)
    summary_cy = models.TextField(_("summary in Welsh"), max_length=600, blank=True)
    body_en = MarkdownField(_("the story in English"))
    body_en_html = RenderedField("body_en")
    body_cy = MarkdownField(_("the story in Welsh"))
    body_cy_html = RenderedField("body_cy")
    what_worked_en = MarkdownField(_("what worked, in English"))
    what_worked_en_html = RenderedField("what_worked_en")
    what_worked_cy = MarkdownField(_("what worked, in Welsh"))
    what_worked_cy_html = RenderedField("what_worked_cy")
    what_did_not_en = MarkdownField(_("what did not work, in English"))
    what_did_not_en_html = RenderedField("what_did_not_en")
    what_did_not_cy = MarkdownField(_("what did not work, in Welsh"))
    what_did_not_cy_html = RenderedField("what_did_not_cy")
    challenge_en = MarkdownField(_("challenge to the readers, in English"))
    challenge_en_html = RenderedField("challenge_en")
    challenge_cy = MarkdownField(_("challenge to the readers, in Welsh"))
    challenge_cy_html = RenderedField("challenge_cy")

    # The organisation whose editors look after it; the others took part.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="write_ups", verbose_name=_("organisation")
    )
    partners = models.ManyToManyField(
        Organisation, related_name="partner_write_ups", blank=True, verbose_name=_("other organisations")
    )
    seminars = models.ManyToManyField(
        Seminar, related_name="write_ups", blank=True, verbose_name=_("seminars")
    )
    themes = models.ManyToManyField(Theme, related_name="write_ups", blank=True, verbose_name=_("themes"))
    tags = TaggableManager(
        through=Tagged, blank=True, verbose_name=_("tags"), related_name="tagged_write_ups"
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.OGL)
    original_name = models.CharField(_("where it first appeared"), max_length=160, blank=True)
    original_url = models.URLField(_("its address there"), max_length=500, blank=True)
    original_published_at = models.DateField(_("its date there"), null=True, blank=True)

    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    publish_on = models.DateTimeField(_("publish on"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(_("what should change"), max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason_en = models.CharField(_("reason in English"), max_length=300, blank=True)
    withdrawn_reason_cy = models.CharField(_("reason in Welsh"), max_length=300, blank=True)
    review_on = models.DateField(_("review date"), null=True, blank=True)
    # The review date about which its writers have been asked: each is asked about once.
    review_asked_for = models.DateField(null=True, blank=True, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="started_write_ups"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    # Rises with every saved change: a form that was opened at an older one is not saved over a newer one.
    version = models.PositiveIntegerField(default=1)
    # Title, summary and lessons folded, for the plain search.
    folded = models.TextField(editable=False, blank=True)

    objects = WriteUpQuerySet.as_manager()
    bilingual_required = ("title",)

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="learning_newest"),
            models.Index(fields=["organisation", "state"], name="learning_by_organisation"),
        ]
        constraints = [
            at_least_one("title"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="learning_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | ~models.Q(withdrawn_reason_en="", withdrawn_reason_cy=""),
                name="learning_withdrawn_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.tr("title")

    def get_absolute_url(self) -> str:
        return address_of("learning:write-up", self.slug)

    @property
    def writers(self) -> list[Member]:
        """Everybody with an account who writes it."""
        found = [self.created_by, *(author.member for author in self.authors.select_related("member"))]
        return list(dict.fromkeys(member for member in found if member is not None))

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def licence_address(self) -> str:
        return self.LICENCE_ADDRESSES.get(self.licence, "")

    def is_written_by(self, member: Any) -> bool:
        if not getattr(member, "is_authenticated", False):
            return False
        return self.created_by_id == member.pk or any(
            author.member_id == member.pk for author in self.authors.all()
        )

    def can_be_read_whole_by(self, member: Any) -> bool:
        """Of a withdrawn one everybody may read that it was, and why; the text and the pictures are for those who look after it."""
        return self.is_published or self.is_written_by(member) or self.can_be_reviewed_by(member)

    def can_be_reviewed_by(self, member: Any) -> bool:
        return has_role(member, Role.EDITOR, self.organisation_id)

    def can_be_deleted_by(self, member: Any) -> bool:
        """Only what never left its writers."""
        is_private = self.state == self.State.DRAFT and self.published_at is None
        return is_private and (self.created_by_id == member.pk or self.can_be_reviewed_by(member))

    def can_be_edited_by(self, member: Any) -> bool:
        """Its writers until it goes to review and when changes are asked for; the organisation's editors at any time."""
        if self.can_be_reviewed_by(member):
            return True
        return self.state in {self.State.DRAFT, self.State.CHANGES_ASKED} and self.is_written_by(member)


class Author(models.Model):
    """A person who signs a write-up, in order; an officer and a councillor make a double act."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("Officer")
        COUNCILLOR = "councillor", _("Councillor")
        THIRD_SECTOR = "third sector", _("Third sector")
        OTHER = "other", _("Other")

    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="authors")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="authorships")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.OFFICER)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["write_up", "member"],
                condition=models.Q(member__isnull=False),
                name="learning_author_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def affiliation(self) -> str:
        return self.organisation.tr("name") if self.organisation else self.organisation_name
