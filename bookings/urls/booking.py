"""Booking a place, for everybody: the form, and the link again."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
