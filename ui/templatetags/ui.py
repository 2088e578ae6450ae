"""Template tags and filters known to every template: texts in two languages, icons, addresses, forms."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import lucide
from django import forms as django_forms
from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from ui import forms
from ui.bilingual import Text, either, reader_language

register = template.Library()


# -- texts in two languages ---------------------------------------------------------------------------------------


@register.simple_tag
def tr(obj: Any, name: str) -> str:
    """`{% tr seminar "title" %}`: in the reader's language, or in the other and marked up as such."""
    return langattr(either(obj, name)) if obj is not None else ""


@register.simple_tag
def tr_html(obj: Any, name: str) -> SafeString:
    """`{% tr_html seminar "focus" %}`: what a RenderedField made of `focus_en` or `focus_cy`."""
    text = either(obj, name)
    # It was sanitised when it was rendered.
    html = mark_safe(getattr(obj, f"{name}_{text.lang}_html"))  # nosec B308 B703
    if not html:
        return SafeString("")
    return format_html(
        '<div class="prose" lang="{}">{}</div>' if text.is_fallback else '<div class="prose">{1}</div>',
        text.lang,
        html,
    )


@register.filter
def langattr(text: Any) -> SafeString:
    """A text that stands in for one in the reader's language says which language it is in."""
    if isinstance(text, Text) and text.is_fallback:
        return format_html('<span lang="{}">{}</span>', text.lang, str(text))
    return conditional_escape(text)


@register.filter
def in_language(text: Any, language: str) -> SafeString:
    """`{{ write_up.title|in_language:"cy" }}`: marked up unless that is the page's own language."""
    if language and language != reader_language():
        return format_html('<span lang="{}">{}</span>', language, text)
    return conditional_escape(text)


@register.simple_tag
def inline_list(items: Iterable[Any]) -> SafeString:
    """ "a, b and c"; Welsh says "ac" before a vowel and "a" before anything else."""
    given = list(items)
    texts = [langattr(item) for item in given]
    if len(texts) < 2:
        return texts[0] if texts else SafeString("")
    return format_html(
        "{} {} {}",
        format_html_join(", ", "{}", ((text,) for text in texts[:-1])),
        _and_before(str(given[-1])),
        texts[-1],
    )


def _and_before(word: str) -> str:
    if reader_language() == "cy":
        return "ac" if word[:1].casefold() in "aeiouwyâêîôûŵŷáéíóúàèìòùäëïöü" else "a"
    return "and"


# -- icons --------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """`{% icon "calendar" %}`: 20 px, for the eye only; the word beside it says the same."""
    return _icon(str(name), str(classes))


@lru_cache(maxsize=256)
def _icon(name: str, classes: str) -> SafeString:
    attributes = {"class": f"icon {classes}".strip(), "aria-hidden": "true", "focusable": "false"}
    return mark_safe(lucide._render_icon(name, 20, **attributes))  # nosec


# -- addresses ----------------------------------------------------------------------------------------------------


@register.simple_tag
def address(name: str) -> str:
    """The address of a page that takes no arguments, or nothing where there is no such page. Kept per language."""
    try:
        return _address(str(name), reader_language())
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=128)
def _address(name: str, language: str) -> str:
    return reverse(name)


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """`?` and the page's own parameters, some of them changed, or left out by None; lists give several."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        elif isinstance(value, list | tuple | set):
            parameters.setlist(name, [str(item) for item in value])
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def switch_language(context: Context) -> str:
    """This very page in the other language. A view may say which address that is by `other_language_address`."""
    if given := context.get("other_language_address"):
        return str(given)
    return other_address(context.get("request"))


def other_address(request: HttpRequest | None) -> str:
    other = "en" if reader_language() == "cy" else "cy"
    match = getattr(request, "resolver_match", None)
    with override(other):
        try:
            if request is None or match is None:
                return reverse("home")
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return reverse("home")
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query and request.method == "GET" else path


# -- forms and lists ----------------------------------------------------------------------------------------------


@register.filter
def layout(form: django_forms.BaseForm) -> list[Any]:
    return [*forms.layout(form)]


@register.filter
def error_lines(form: django_forms.BaseForm) -> list[tuple[str, str]]:
    return forms.summary(form)


@register.inclusion_tag("ui/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """`{% pagination page %}`: nothing where one page holds everything."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("ui/_chart.html")
def chart(drawn: Any, caption: str = "") -> dict[str, Any]:
    return {"chart": drawn, "caption": caption or drawn.title}


@register.inclusion_tag("ui/_status.html")
def status(state: str, label: str = "") -> dict[str, Any]:
    """`{% status seminar.state seminar.get_state_display %}`: an icon, a word and a colour."""
    return {
        "state": state,
        "label": label or _(str(state).capitalize()),
        "icon": STATUS_ICONS.get(str(state), "circle"),
    }


STATUS_ICONS = {
    "draft": "pencil-line", "in review": "eye", "review": "eye", "published": "circle-check", "archived": "archive",
    "withdrawn": "undo-2", "scheduled": "calendar", "cancelled": "calendar-x", "moved": "calendar-clock",
    "full": "users", "few": "users", "open": "door-open", "closed": "lock", "invited": "mail", "accepted": "check",
    "requested": "hourglass", "attended": "user-check", "no show": "user-x", "lapsed": "timer-off", "left": "log-out",
    "confirmed": "circle-check", "waiting": "hourglass", "offered": "ticket", "declined": "x", "online": "monitor", "past": "history",
    "due": "clock", "sending": "send", "sent": "mail-check", "failed": "mail-x", "dropped": "mail-minus",
    "planning": "compass", "trying": "flask-conical", "embedded": "sprout", "stopped": "octagon-x",
}  # fmt: skip


@register.filter
def window(paginator: Any, number: int) -> list[int]:
    """Page numbers to show: the ends and the neighbours, 0 for a gap."""
    last = paginator.num_pages
    shown = sorted({1, 2, number - 1, number, number + 1, last} & set(range(1, last + 1)))
    numbers: list[int] = []
    for one in shown:
        if numbers and one - numbers[-1] == 2:
            numbers.append(one - 1)
        elif numbers and one - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(one)
    return numbers
