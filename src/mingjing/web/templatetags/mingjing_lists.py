"""What lists are made with: filters that read as a sentence, and the way to the pages around.

Registered as built-in beside ``mingjing_ui``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template import Context, Library
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from mingjing.web import straight
from mingjing.web.templatetags.mingjing_ui import figures

register = Library()


@register.simple_tag(takes_context=True)
def filters(
    context: Context,
    fields: Iterable[Mapping[str, object]],
    tools: Iterable[Mapping[str, str]] = (),
    target: str = "rows",
) -> SafeString:
    """Filters that read as a sentence, sent by GET on change; ``target`` is the id htmx replaces.

    A field has ``name``, ``label``, ``value`` and ``options`` (words or pairs of value and words; without
    options it is a text box, with ``hidden`` it is carried along). ``tools`` are links at the right, each
    with ``label`` and ``url``.
    """
    shown = []
    for field in fields:
        options = (option if isinstance(option, tuple) else (option, option) for option in _options(field))
        value = str(field.get("value") or "")
        pairs = tuple((str(v), str(words)) for v, words in options)
        shown.append({**field, "value": value, "options": _choices(pairs, value)})
    request = context.get("request")
    return straight.filters(
        shown,
        tools,
        target=target,
        path=request.path if request else "",
        views=_views(request) if request else "",
        cleared=bool(request and request.GET),
    )


def _views(request: HttpRequest) -> str:
    """Where this list is kept with its filters."""
    query = urlencode({"page": request.path, "query": request.GET.urlencode()})
    return f"{reverse('saved-views')}?{query}"


@lru_cache(maxsize=512)
def _choices(options: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The lines of a select. Lists of words are long and seldom change, so the text of each is kept."""
    selected = mark_safe(" selected")
    lines = ((value, selected if value == chosen else "", words) for value, words in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


def _options(field: Mapping[str, object]) -> Iterable[object]:
    options = field.get("options") or ()
    assert isinstance(options, Iterable)
    return options


@register.simple_tag(takes_context=True)
def pages(
    context: Context,
    shown: int,
    count: int,
    more: bool = False,
    next_after: str = "",
    previous: str = "",
    unit: str = "件",
) -> SafeString:
    """Under a keyset list: how many, back to the first page, the pages before and after.

    ``count`` is the whole; with ``more`` it reads 以上. ``next_after`` and ``previous`` are the cursors of
    the pages around this one.
    """
    request = context.get("request")
    links = {"next": "", "previous": "", "first": ""}
    if request is not None:
        here = {name: value for name, value in request.GET.items() if name not in ("after", "before")}
        if len(here) < len(request.GET):
            links["first"] = f"?{urlencode(here)}"
        for name, way, cursor in (("next", "after", next_after), ("previous", "before", previous)):
            if cursor:
                links[name] = f"?{urlencode({**here, way: cursor})}"
    these = figures(shown) if shown else ""
    return straight.pages(these, figures(count), more=more, unit=unit, links=links)
