from typing import Any

from django import template
from django.db import models

from themes.following import is_followed, word_for

register = template.Library()


@register.inclusion_tag("themes/_follow.html", takes_context=True)
def follow_button(context: Any, thing: models.Model) -> dict[str, Any]:
    """A button to follow or to stop; a link to sign in for whoever has not. One query for a member, none for others."""
    request = context["request"]
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "word": word_for(thing),
        "thing": thing,
        "followed": is_followed(request.user, thing),
    }
