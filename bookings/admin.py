"""For looking, when something is asked about: everything is changed by the verbs, which count seats and write letters.

Nothing here shows who somebody is. Needs, answers and commitments are not here at all.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bookings.models import Booking, BookingRules, Delivery, Pool


class OnlyToLookAt(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Booking)
class BookingAdmin(OnlyToLookAt):
    list_display = ["code", "state", "seminar_date", "pool", "kind", "created_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["seminar_date__seminar", "pool__seminar_date__seminar"]
    search_fields = ["code"]
    fields = [
        "code", "state", "seminar_date", "pool", "kind", "language", "group", "replaces", "created_at", "queued_at",
        "priority", "offer_expires_at", "confirmed_at", "ended_at", "anonymised_at", "calendar_uid", "ical_sequence",
    ]  # fmt: skip


@admin.register(Pool)
class PoolAdmin(OnlyToLookAt):
    list_display = ["seminar_date", "attendance", "capacity", "extra", "sheds_extra", "taken"]
    list_select_related = ["seminar_date__seminar"]


@admin.register(BookingRules)
class BookingRulesAdmin(OnlyToLookAt):
    list_display = ["seminar_date", "needs_approval", "workshops", "keep_needs_days", "keep_bookings_months"]
    list_select_related = ["seminar_date__seminar"]
    exclude = ["steward_nonce"]


@admin.register(Delivery)
class DeliveryAdmin(OnlyToLookAt):
    list_display = ["uuid", "kind", "state", "attempts", "due_at", "sent_at"]
    list_filter = ["state", "kind"]
    fields = [
        "uuid",
        "kind",
        "state",
        "calendar",
        "attempts",
        "written_at",
        "due_at",
        "claimed_at",
        "sent_at",
    ]
