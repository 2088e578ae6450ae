"""What everything is compared with: a Django that answers with twenty words, and has no middleware."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare", MIDDLEWARE=[])  # nosec B106


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("word " * 20, headers={"Content-Length": "100"})


urlpatterns = [path("", bare)]
django.setup()
application = get_wsgi_application()
