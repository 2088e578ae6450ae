from datetime import timedelta

from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.writeup import Author, WriteUp
from people.models import Member

LASTS = timedelta(days=30)
SALT = "learning.coauthor"


class CoauthorInvitation(models.Model):
    """That somebody was asked, at an exact address, to sign a write-up; deleting it makes its link worthless."""

    write_up = models.ForeignKey(WriteUp, models.CASCADE, related_name="coauthor_invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=16, choices=Author.Role, default=Author.Role.OFFICER)
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["write_up", "email"], name="learning_coauthor_invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.write_up}"

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)

    @classmethod
    def of_token(cls, token: str) -> "CoauthorInvitation | None":
        try:
            pk = signing.loads(token, salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("write_up", "invited_by").filter(pk=pk).first()

    def is_for(self, member: Member) -> bool:
        return self.email.lower() == member.email.lower()
