"""The rail of every page. It seldom changes between two pages of one person, so its text is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = Library()

Item = tuple[tuple[str, object], ...]


@register.simple_tag(takes_context=True)
def rail(context: Context, folded: bool = False) -> SafeString:
    """Brand and rail of the page; ``folded`` is the one behind the heading of a small screen."""
    court = context.get("court")
    return _rail(_items(context.get("nav")), _items(context.get("subnav")), court and court.name, folded)


def _items(items: Iterable[Mapping[str, object]] | None) -> tuple[Item, ...]:
    return tuple(tuple(item.items()) for item in items or ())


@lru_cache(maxsize=512)
def _rail(nav: tuple[Item, ...], subnav: tuple[Item, ...], court: str | None, folded: bool) -> SafeString:
    shown = {"nav": [dict(item) for item in nav], "subnav": [dict(item) for item in subnav]}
    named = {"court": {"name": court} if court else None, "folded": folded}
    return render_to_string("base/_rail.html", {**shown, **named})
