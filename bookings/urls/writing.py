"""The organisers: letters, messages; unsubscribing and bounces."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
