"""For the rare cases; organisers have a workspace of their own. What booking counts is not for editing here."""

from typing import Any

from django.contrib import admin

from seminars.models import Resource, Room, Seminar, SeminarDate, Series, Session, Slot, Speaker, Venue


class RoomInline(admin.TabularInline):
    model = Room
    extra = 0


class SessionInline(admin.TabularInline):
    model = Session
    fields = ("position", "kind", "title_en", "title_cy")
    extra = 0


class SlotInline(admin.TabularInline):
    model = Slot
    extra = 0


class ResourceInline(admin.TabularInline):
    model = Resource
    fields = ("title_en", "title_cy", "link", "file", "language")
    extra = 0


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    list_display = ("__str__", "organisation")
    search_fields = ("title_en", "title_cy")
    raw_id_fields = ("organisation",)


@admin.register(Seminar)
class SeminarAdmin(admin.ModelAdmin):
    list_display = ("__str__", "organisation", "series", "state", "published_at")
    list_filter = ("state",)
    list_select_related = ("organisation", "series")
    search_fields = ("title_en", "title_cy", "slug")
    raw_id_fields = ("organisation", "series", "created_by")
    filter_horizontal = ("themes",)
    inlines = (SessionInline, ResourceInline)


@admin.register(SeminarDate)
class SeminarDateAdmin(admin.ModelAdmin):
    list_display = ("__str__", "starts_at", "timezone", "venue", "state", "ical_sequence")
    list_filter = ("state", "attendance")
    list_select_related = ("seminar", "venue")
    date_hierarchy = "starts_at"
    raw_id_fields = ("seminar", "venue")
    # Moving or cancelling has to raise the sequence and tell people: the organisers' workspace does that.
    readonly_fields = ("uuid", "state", "moved_from", "ical_sequence", "starts_at", "ends_at")
    inlines = (SlotInline,)

    def has_add_permission(self, request: Any) -> bool:
        return False


@admin.register(Venue)
class VenueAdmin(admin.ModelAdmin):
    list_display = ("__str__", "region", "postcode")
    list_filter = ("region",)
    search_fields = ("name_en", "name_cy", "town_en", "town_cy")
    raw_id_fields = ("organisation",)
    inlines = (RoomInline,)


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "organisation")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation_name")
    raw_id_fields = ("organisation", "member")
