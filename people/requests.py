from django.http import HttpRequest

from people.models import Member


class MemberRequest(HttpRequest):
    """What a view receives that is not public: LoginRequiredMiddleware has let nobody else through."""

    user: Member
