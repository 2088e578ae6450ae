from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **values: Any) -> int:
        raise ValidationError("An audit event is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError("An audit event is never taken away.")


class AuditEvent(models.Model):
    """Who did what to which thing, and when. Rows are added, and never changed or taken away."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="audit_events")
    actor_name = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(max_length=250, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="people_audit_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError("An audit event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError("An audit event is never taken away.")

    @classmethod
    def record(cls, actor: Any, verb: str, obj: models.Model, **detail: Any) -> "AuditEvent":
        """Note that `actor` (a member, or None for the exchange itself) did `verb` to `obj`.

        `detail` must hold nothing private: no e-mail address, token or need.
        """
        known = getattr(actor, "pk", None) is not None
        return cls.objects.create(
            actor=actor if known else None,
            actor_name=str(actor) if known else "",
            verb=verb,
            object_type=obj._meta.label_lower,
            object_id=str(obj.pk),
            object_label=str(obj)[:250],
            detail=detail,
        )
