"""The organisers: letters, messages; unsubscribing and bounces."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bookings.views import letter_texts, messages, outbox, unsubscribing

letters = [
    path("", outbox.letters, name="organise-letters"),
    path(_("repetition/"), outbox.repeat_all, name="organise-letters-repetition"),
    path(_("<int:pk>/repetition/"), outbox.repeat, name="organise-letter-repetition"),
]
message = [
    path("", messages.message, name="message"),
    path(_("edit/"), messages.edit, name="message-edit"),
    path(_("test/"), messages.test, name="message-test"),
    path(_("sending/"), messages.sending, name="message-sending"),
    path(_("removal/"), messages.removal, name="message-removal"),
]
messages_of_date: list[URLPattern | URLResolver] = [
    path("", messages.messages, name="messages"),
    path(_("new/"), messages.new, name="message-new"),
    path("<int:pk>/", include(message)),
]
texts = [
    path("", letter_texts.letters, name="letter-texts"),
    path("<slug:kind>/", letter_texts.letter, name="letter-text"),
    path(_("<slug:kind>/preview/"), letter_texts.preview, name="letter-preview"),
    path(_("<slug:kind>/test/"), letter_texts.test, name="letter-test"),
    path(_("<slug:kind>/restoration/"), letter_texts.restoration, name="letter-restoration"),
]
of_date: list[URLPattern | URLResolver] = [
    path(_("letters/"), include(letters)),
    path(_("messages/"), include(messages_of_date)),
]
of_seminar: list[URLPattern | URLResolver] = [
    path(_("letters/"), include(texts)),
    path(_("dates/<slug:date_slug>/"), include(of_date)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(_("organise/<slug:slug>/"), include(of_seminar)),
    # The filter of the logs knows these words: exchange/hidden.py.
    path(_("unsubscribe/<str:token>/"), unsubscribing.unsubscribe, name="unsubscribe"),
    path(_("unsubscribe/<str:token>/undoing/"), unsubscribing.resubscription, name="resubscription"),
]
