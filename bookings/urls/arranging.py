"""The organisers: how a date is booked; pools, rules, own questions, the draw."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
