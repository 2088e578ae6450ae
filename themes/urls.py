"""Following and tag suggestions; `exchange.urls` adds the pages of themes and tags, which `learning` draws."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from themes import views

app_name = "themes"
urlpatterns = [
    path(_("following/"), views.followed, name="followed"),
    path(_("following/<slug:word>/<int:pk>/"), views.follow, name="follow"),
    path(_("following/<slug:word>/<int:pk>/removal/"), views.stop_following, name="stop-following"),
    path(_("tags/suggestions/"), views.tag_suggestions, name="tag-suggestions"),
]
