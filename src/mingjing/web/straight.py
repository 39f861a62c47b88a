"""Pieces of nearly every page, written straight as HTML: a template for each costs more than what they show.

Everything that comes from outside is escaped here, unless it is safe already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django_htmx.jinja import htmx_script

from mingjing.domain.reasons import Answer
from mingjing.services.installation import label_of

SHEETS = (
    "tokens", "layout", "pieces", "tables", "forms", "supervision", "records", "periods", "approvals",
    "assessments", "door", "draws",
)  # fmt: skip

WAYS = (("first", "", "回到第一页"), ("previous", ' rel="prev"', "上一页"), ("next", ' rel="next"', "下一页"))


def said(value: object) -> str:
    """A value as text that may stand in HTML."""
    return value if isinstance(value, SafeString) else escape(str(value))


def safe(text: str) -> SafeString:
    """HTML all of whose values were escaped."""
    return mark_safe(text)  # noqa: S308  that is what this module is for


@lru_cache(maxsize=1)
def sheets() -> SafeString:
    """The style sheets and the sign of every page; they change with the program only."""
    url = staticfiles_storage.url
    lines = [f'<link rel="stylesheet" href="{url(f"mingjing/{name}.css")}">' for name in SHEETS]
    lines.append(f'<link rel="stylesheet" href="{url("mingjing/print.css")}" media="print">')
    lines.append(f'<link rel="icon" href="{url("mingjing/mirror.svg")}" type="image/svg+xml">')
    return safe("\n".join(lines))


@lru_cache(maxsize=1)
def scripts() -> SafeString:
    """The scripts of every page."""
    url = staticfiles_storage.url
    own = [f'<script src="{url(f"mingjing/{name}.js")}" defer></script>' for name in ("mingjing", "drafts")]
    return safe(htmx_script() + "".join(own))


def working(answer: Answer[Any], total: str, note: str) -> SafeString:
    """The steps of an answer as a sum, what to mind, what is not settled, and the definition."""
    if not answer.steps:
        return safe(f'<div class="why"><table>\n</table>\n{_below(answer, note)}</div>\n')
    *before, last = answer.steps
    rows = [
        f'<tr><td>{said(one.amount)}</td><td>{said(one.text)}</td><td class="law">{said(one.law)}</td></tr>\n'
        for one in before
    ]
    rows.append(
        f'<tr class="sum"><td>{said(last.amount)}</td><td>{said(last.text)}</td>'
        f'<td class="law">{said(total or last.law)}</td></tr></table>\n'
    )
    return safe(f'<div class="why"><table>\n{"".join(rows)}{_below(answer, note)}</div>\n')


def _below(answer: Answer[Any], note: str) -> str:
    caveats = "".join(f'<p class="note">请留意：{said(one)}</p>' for one in answer.caveats)
    open_ = "".join(f'<p class="note">待确认：{said(one)}</p>' for one in answer.questions)
    if len(answer.questions) > 1:
        head = f'<summary class="note">{len(answer.questions)} 处待确认</summary>'
        open_ = f'<details class="inline">{head}{open_}</details>'
    noted = f'<p class="note">{said(note)}</p>' if note else ""
    by = f'<span class="definition">{cited(answer.definition)}</span>' if answer.definition else ""
    return f"{caveats}{open_}{noted}{by}"


def cited(reference: str) -> SafeString:
    """``id @ effective date # hash`` as the definition's name and day, linked; the reference is its title.

    Several stand with ``；`` between them.
    """
    return safe("；".join(_cited(one) for one in reference.split("；")))


def _cited(reference: str) -> SafeString:
    label = label_of(reference)
    if not label:
        return safe(said(reference))
    id_, _, day = reference.partition(" # ")[0].partition(" @ ")
    since = f"，{said(day)} 起施行" if day else ""
    address = reverse("institution", args=[id_])
    return safe(f'<a href="{said(address)}" title="{said(reference)}">{said(label)}</a>{since}')


def section(
    content: object, title: str, number: str, unit: str, more: str, more_url: str, name: str, level: int
) -> SafeString:
    """A part of a page under its heading; ``number`` is empty where nothing is counted."""
    anchor = f' id="{said(name)}"' if name else ""
    counted = f'<span class="n">{said(number)}{f" {said(unit)}" if unit else ""}</span>' if number else ""
    further = f'<a href="{said(more_url)}">{said(more)}</a>' if more_url else said(more)
    beside = f'<span class="more">{further}</span>' if more else ""
    return safe(
        f"<section{anchor}><header><h{level}>{said(title)}</h{level}>{counted}{beside}</header>\n"
        f"{said(content)}</section>"
    )


def timeline(entries: Iterable[Mapping[str, Any]], day: Callable[[date], str]) -> SafeString:
    """What happened, in order; ``day`` says a day as the page says it."""
    return safe(f'<ol class="timeline">{"".join(_happened(entry, day) for entry in entries)}</ol>')


def _happened(entry: Mapping[str, Any], day: Callable[[date], str]) -> str:
    begin = f'<li class="{said(entry["state"])}">' if entry.get("state") else "<li>"
    if entry.get("on"):
        begin += f'<time datetime="{entry["on"].isoformat()}">{day(entry["on"])}</time>'
    elif entry.get("when"):
        begin += f'<span class="when">{said(entry["when"])}</span>'
    told = said(entry.get("text", ""))
    if entry.get("url"):
        told += f'　<a href="{said(entry["url"])}">{said(entry.get("url_label") or "查看")}</a>'
    if entry.get("late"):
        told += f'　<span class="late">{said(entry["late"])}</span>'
    if entry.get("note"):
        told += f'　<span class="note">{said(entry["note"])}</span>'
    return f"{begin}{told}</li>\n"


def filters(
    fields: Iterable[Mapping[str, Any]],
    tools: Iterable[Mapping[str, str]],
    *,
    target: str,
    path: str,
    views: str,
    cleared: bool,
) -> SafeString:
    """Filters that read as a sentence; ``options`` of a field are the lines of its select, as HTML."""
    to, at, rows = said(path), said(target), "".join(map(_filter, fields))
    clear = f'<a class="note" href="{to}">清除筛选</a>' if cleared else ""
    links = "".join(f'<a href="{said(one["url"])}">{said(one["label"])}</a>' for one in tools)
    return safe(
        f'<form class="sentence" method="get" action="{to}" data-autosubmit hx-get="{to}" hx-target="#{at}" '
        f'hx-select="#{at}" hx-select-oob="#page-head,#filter-clear,#filter-tools,#print-foot" '
        'hx-swap="outerHTML" hx-push-url="true" hx-trigger="submit" aria-label="筛选">\n'
        f'{rows}<button class="btn without-js">筛选</button><span id="filter-clear">{clear}</span>'
        f'<span class="tools" id="filter-tools">{links}<a href="{said(views)}">常用筛选</a></span>\n</form>\n'
    )


def _filter(field: Mapping[str, Any]) -> str:
    name, label, value = said(field["name"]), said(field["label"]), said(field["value"])
    chosen = ' class="chosen"' if value else ""
    head = f'<label{chosen}><span class="unseen">{label}</span>'
    if field["options"]:
        return f'{head}<select name="{name}">{field["options"]}</select></label>\n'
    if field.get("hidden"):
        return f'<input type="hidden" name="{name}" value="{value}">\n' if value else "\n"
    return f'{head}<input name="{name}" value="{value}" placeholder="{label}"></label>\n'


def facts(pairs: Iterable[Sequence[object]]) -> SafeString:
    """Pairs of label and value, or label, value and address."""
    rows = []
    for label, value, url in pairs:
        shown = f'<a href="{said(url)}">{said(value)}</a>' if url else said(value)
        rows.append(f"<dt>{said(label)}</dt><dd>{shown}</dd>")
    return safe(f'<dl class="facts">{"".join(rows)}</dl>')


def pages(shown: str, count: str, *, more: bool, unit: str, links: Mapping[str, str]) -> SafeString:
    """Under a list: how many, and the ways to the pages around."""
    here = f"本页 {said(shown)} {said(unit)}，" if shown else ""
    ways = "".join(f'<a href="{said(links[way])}"{rel}>{word}</a>' for way, rel, word in WAYS if links[way])
    nav = f'<nav aria-label="翻页">{ways}</nav>' if links["first"] or links["next"] else ""
    beyond = "以上" if more else ""
    return safe(f'<div class="pages"><span>{here}共 {said(count)} {said(unit)}{beyond}</span>{nav}</div>\n')
