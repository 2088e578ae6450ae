"""A delegate's own booking, behind a secret link; a member's seminars."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
