"""For the rare cases; roles, domains and accounts have pages of their own, which keep the audit trail."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from people.models import AuditEvent, EmailDomain, Member, Membership, Organisation


class EmailDomainInline(admin.TabularInline):
    model = EmailDomain
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name_en", "name_cy", "kind", "nation", "region"]
    list_filter = ["kind", "nation", "region"]
    search_fields = ["name_en", "name_cy", "slug"]
    inlines = [EmailDomainInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "is_visible", "is_active", "is_staff", "date_joined"]
    list_filter = ["kind", "is_active", "is_staff"]
    search_fields = ["name", "email"]
    readonly_fields = ["date_joined", "last_login", "slug"]
    exclude = ["password"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["member", "organisation", "role", "confirmed_at"]
    list_filter = ["role"]
    list_select_related = ["member", "organisation"]
    search_fields = ["member__name", "organisation__name_en", "organisation__name_cy"]
    autocomplete_fields = ["member", "organisation"]


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    list_display = ["at", "actor_name", "verb", "object_label"]
    list_filter = ["verb"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
