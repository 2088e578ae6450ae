"""Every address. Public pages live under /cy/ and /en/; their path words are translated in each app's urls.py."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

import learning.theme_urls
import themes.urls
from bookings.views.bounces import bounced
from exchange import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("bounces/<str:secret>/", bounced, name="bounces"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(_("about/"), views.about, name="about"),
        path(_("accessibility/"), views.accessibility, name="accessibility"),
        path(_("privacy/"), views.privacy, name="privacy"),
        path(_("account/"), include("allauth.urls")),
        path("", include("people.urls")),
        path("", include(([*themes.urls.urlpatterns, *learning.theme_urls.urlpatterns], "themes"))),
        path("", include("bookings.urls")),
        path("", include("seminars.urls")),
        path("", include("learning.urls")),
        path("", include("search.urls")),
    ),
]
if settings.DEVELOPMENT:
    from exchange import development

    urlpatterns += [
        path("mail/", development.mail, name="mail"),
        *i18n_patterns(path("components/", development.components, name="components")),
    ]
