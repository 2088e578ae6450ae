"""The pages of themes and tags; `exchange.urls` puts them under the namespace `themes` (decision 5)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from learning.views import themes

urlpatterns = [
    path(_("themes/"), themes.themes, name="themes"),
    path(_("themes/<slug:slug>/"), themes.theme, name="theme"),
    path(_("tags/"), themes.tags, name="tags"),
    path(_("tags/<slug:slug>/"), themes.tag, name="tag"),
    path(_("tags/<slug:slug>/merging/"), themes.merge_tag, name="merge-tag"),
]
