from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import GenericTaggedItemBase, TagBase

from ui.addresses import address_of
from ui.folding import fold


class Tag(TagBase):
    """A free keyword. Its folded key makes *Gŵyl*, *gŵyl* and *gwyl* one; the first spelling stays as the name."""

    key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Plain letters only, so that an address can be typed: *Gŵyl fawr* is `gwyl-fawr`."""
        slug = slugify(fold(tag))[:90] or "tag"
        return f"{slug}-{i}" if i is not None else slug

    @classmethod
    def named(cls, names: Iterable[str]) -> list["Tag"]:
        """The tags of these names, found by their folded key and made where there is none."""
        found: dict[str, Tag] = {}
        for name in names:
            key = fold(name)
            if key and key not in found:
                tag = cls.objects.filter(key=key).first()
                found[key] = tag or cls.objects.create(name=" ".join(name.split())[:100])
        return list(found.values())

    def get_absolute_url(self) -> str:
        return address_of("themes:tag", self.slug)


class Tagged(GenericTaggedItemBase):
    """That a tag is on a thing."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="themes_tagged_once")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="themes_tagged_object")]
