from themes.models.follow import Follow
from themes.models.tag import Tag, Tagged
from themes.models.theme import Theme

__all__ = ["Follow", "Tag", "Tagged", "Theme"]
