"""Following: a member is told of what is new about a theme, a tag, an organisation or a series."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404

from themes.models import Follow

# By the word that stands in the address; the labels are strings because series live above this app.
FOLLOWABLE = {
    "theme": "themes.Theme",
    "tag": "themes.Tag",
    "organisation": "people.Organisation",
    "series": "seminars.Series",
}


def followable(word: str, pk: int) -> models.Model:
    """The thing that an address names, or 404."""
    if word not in FOLLOWABLE:
        raise Http404
    model = apps.get_model(FOLLOWABLE[word])
    found = model._default_manager.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def word_for(thing: models.Model) -> str:
    """The word for a thing in addresses: `theme` for a Theme."""
    return next(word for word, label in FOLLOWABLE.items() if label == thing._meta.label)


def follow(member: Any, thing: models.Model) -> bool:
    """Follow `thing`; False if the member did already. A double click does no harm."""
    kind = ContentType.objects.get_for_model(thing)
    _row, created = Follow.objects.get_or_create(member=member, content_type=kind, object_id=thing.pk)
    return created


def unfollow(member: Any, thing: models.Model) -> None:
    kind = ContentType.objects.get_for_model(thing)
    Follow.objects.filter(member=member, content_type=kind, object_id=thing.pk).delete()


def is_followed(member: Any, thing: models.Model) -> bool:
    if not getattr(member, "is_authenticated", False):
        return False
    kind = ContentType.objects.get_for_model(thing)
    return Follow.objects.filter(member=member, content_type=kind, object_id=thing.pk).exists()
