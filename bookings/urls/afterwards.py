"""After the day: feedback, commitments, impact, certificates."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
