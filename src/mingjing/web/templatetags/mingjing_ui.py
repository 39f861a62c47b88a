"""What the templates say things with: dates in words, lamps, reasons, fields, sections.

Registered as built-in, so that no page needs ``{% load %}``. Every filter of a date gives ``—`` for a
missing one; a value that is not what the filter is for raises, since a page must not show a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.forms import BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.template import Library
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from mingjing.domain.expressions.reading import Expression
from mingjing.domain.expressions.speaking import spoken as say_condition
from mingjing.domain.ledgers.values import read_table
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.installation import label_of
from mingjing.services.reading import findings
from mingjing.web import straight, wording

register = Library()

NOTHING = "—"
COLOURS: dict[object, str] = {
    3: "red",
    2: "yellow",
    1: "blue",
    0: "",
    "红": "red",
    "黄": "yellow",
    "蓝": "blue",
    "办结": "done",
}
COLOUR_WORDS = {"red": "红", "yellow": "黄", "blue": "蓝", "done": "办结", "": ""}


def _day(value: date | datetime) -> date:
    """The civil day of a moment in the court's zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


# Dates ------------------------------------------------------------------------------------------


@register.filter
def day_words(value: date | None, on: date | None = None) -> str:
    """``九月三十日``; with the year unless ``on`` is of the same year."""
    return NOTHING if value is None else wording.chinese_day(_day(value), on)


@register.filter
def day_and_weekday(value: date | None, on: date | None = None) -> str:
    """``九月三十日，星期三``."""
    return NOTHING if value is None else f"{day_words(value, on)}，{wording.chinese_weekday(_day(value))}"


@register.filter
def weekday(value: date | None) -> str:
    """``星期三``."""
    return NOTHING if value is None else wording.chinese_weekday(_day(value))


@register.filter
def week_words(value: str) -> str:
    """``第 40 周（09-28 至 10-04）`` of ``2026-W40``."""
    return findings.week_words(value)


@register.filter
def iso(value: date | None) -> str:
    """``2026-09-30``: figures, for comparing."""
    return NOTHING if value is None else _day(value).isoformat()


@register.filter
def month_day(value: date | None, on: date | None = None) -> str:
    """``09-30``, or ``2025-09-30`` where the year is not that of ``on``."""
    if value is None:
        return NOTHING
    day = _day(value)
    return f"{day:%m-%d}" if on is not None and on.year == day.year else day.isoformat()


@register.filter
def moment(value: datetime | None) -> str:
    """``2026-09-30 08:00`` in the court's zone."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%Y-%m-%d %H:%M}"


@register.filter
def away(value: date | None, on: date) -> str:
    """``逾期 2 天``, ``今天``, ``还有 5 天``."""
    return NOTHING if value is None else wording.days_away(_day(value), on)


@register.filter
def late_by(value: date | None, due: date | None) -> str:
    """``晚 3 天`` where the day lies behind ``due``; empty otherwise."""
    return "" if value is None or due is None else wording.days_late(_day(due), _day(value))


@register.filter
def nearness(value: date | None, on: date) -> str:
    """The colour of a due day that has no ladder: red from the day itself, yellow within seven days."""
    if value is None:
        return ""
    days = (_day(value) - on).days
    return "red" if days <= 0 else "yellow" if days <= 7 else ""


# Numbers ----------------------------------------------------------------------------------------


@register.filter
def numeral(value: int) -> str:
    """``十二``."""
    return wording.chinese_number(int(value))


@register.filter
def figures(value: int | None) -> str:
    """``1,284``."""
    return NOTHING if value is None else f"{int(value):,}"


@register.filter
def money(value: Decimal | float | str | None) -> str:
    """``1,286,400.00``; the page adds 元."""
    return NOTHING if value is None or value == "" else wording.yuan(value)


@register.filter
def file_size(value: int) -> str:
    """``812 字节``, ``1.4 KB``, ``23.0 MB``, ``1.2 GB``."""
    return wording.file_size(value)


@register.filter
def duration(value: timedelta | float | None) -> str:
    """``3 分 20 秒``: a time that was measured."""
    return NOTHING if value is None else wording.clock_time(value)


@register.filter
def age(value: int | None) -> str:
    """``1 年 4 个月``: the age of a case given in days."""
    return NOTHING if value is None else wording.age(int(value))


@register.filter
def short_department(name: str | None) -> str:
    """``民一庭`` for 民事审判第一庭, as courts say it; other names as they are."""
    return wording.short_department(name) if name else ""


@register.filter
def spoken(value: Expression) -> str:
    """A condition as a sentence: ``类案冲突为“是”``."""
    return say_condition(value)


register.filter("in_words", wording.conditions_said)
register.filter("called", label_of)


@register.filter
def cited(value: str) -> SafeString:
    """A definition kept as ``id @ effective date # hash``: its name, linked, and its day."""
    return straight.cited(value)


# Lamps, bars, reasons ---------------------------------------------------------------------------


def colour_class(colour: int | str | object) -> str:
    """``red``, ``yellow``, ``blue``, ``done`` or nothing, from a number, a word or a domain colour."""
    key = getattr(colour, "value", colour)
    return COLOURS.get(key) or (key if isinstance(key, str) and key in COLOUR_WORDS else "")


@register.simple_tag
def lamp(colour: int | str | object, words: str = "") -> SafeString:
    """A coloured dot with a word beside it: colour is never the only sign."""
    shade = colour_class(colour)
    said = words or COLOUR_WORDS[shade]
    return format_html(
        '<span class="due {}"><span class="lamp {}" aria-hidden="true"></span>{}</span>', shade, shade, said
    )


@register.simple_tag
def bar(value: float, total: float, label: str = "", late: bool = False) -> SafeString:
    """A bar of ``value`` in ``total``, as a drawing: the content policy allows no inline style."""
    share = 0.0 if not total else max(0.0, min(1.0, float(value) / float(total)))
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="ground" width="100" height="6"/><rect class="part" width="{}" height="6"/></svg>',
        " late" if late else "",
        label or f"{value:.15g} / {total:.15g}",
        f"{share * 100:.1f}",
    )


@register.simple_tag
def why(answer: Answer[object] | Refusal | None, total: str = "", note: str = "") -> str:
    """The working of an answer as a sum; of a refusal, what is missing and what would be accepted.

    The last step is the result. ``total`` stands beside it (``已用 99 天，净用 87 天``).
    """
    if isinstance(answer, Refusal):
        return render_to_string("base/_refusal.html", refusal(answer))
    return straight.working(answer, total, note) if answer is not None else ""


@register.inclusion_tag("base/_refusal.html")
def refusal(error: Refusal | str, kept: str = "", do: str = "") -> dict[str, object]:
    """A box: what happened, what was kept, what to do."""
    if isinstance(error, Refusal):
        return {
            "what": error.message,
            "allowed": error.allowed,
            "example": error.example,
            "kept": kept,
            "do": do,
        }
    return {"what": error, "kept": kept, "do": do}


@register.inclusion_tag("base/_prose.html")
def prose(text: str) -> dict[str, object]:
    """A long text; a table that is kept as text (``｜`` between its cells) as a table."""
    head, *rows = read_table(text) or ((),)
    pairs = [[(label, cell) for label, cell in zip(head, row, strict=True)] for row in rows]
    return {"text": text, "head": head, "rows": pairs}


@register.simple_tag
def sheets() -> SafeString:
    """The style sheets of every page."""
    return straight.sheets()


@register.simple_tag
def scripts() -> SafeString:
    """The scripts of every page."""
    return straight.scripts()


# Structure --------------------------------------------------------------------------------------


@register.simple_block_tag
def section(
    content: str,
    title: str,
    count: int | None = None,
    unit: str = "",
    more: str = "",
    more_url: str = "",
    name: str = "",
    level: int = 2,
) -> SafeString:
    """A part of a page under a heading with an ink line: title, how many, a link at the right.

    ``name`` is the anchor, ``level`` the rank of the heading (3 in the right column).
    """
    number = "" if count is None else figures(count)
    return straight.section(content, title, number, unit, more, more_url, name, level)


@register.simple_block_tag
def nothing_yet(content: str, title: str) -> SafeString:
    """An empty list: what would stand here (``title``), and inside how it gets here."""
    return format_html('<div class="empty"><p>{}</p>{}</div>', title, content)


@register.inclusion_tag("base/_tabs.html")
def tabs(items: Iterable[Mapping[str, object]], label: str = "视图") -> dict[str, object]:
    """Links side by side. An item has ``label``, ``url`` and may have ``count`` and ``current``."""
    return {"items": items, "label": label}


@register.simple_tag
def facts(pairs: Iterable[Sequence[object]]) -> SafeString:
    """Pairs of label and value, or label, value and address; pairs without a value are left out.

    Days stand in figures.
    """
    shown = [(*pair, "")[:3] for pair in pairs if pair[1] not in (None, "", [], ())]
    return straight.facts(
        (label, iso(value) if isinstance(value, date) else value, url) for label, value, url in shown
    )


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, object]], on: date | None = None) -> SafeString:
    """What happened, in order. An entry has ``on`` (a day) or ``when`` (words), and ``text``; it may have
    ``note``, ``late``, ``url``, ``url_label`` and ``state`` (``warn``, ``next``)."""
    return straight.timeline(entries, lambda day: month_day(day, on))


@register.inclusion_tag("base/_board.html")
def board(columns: Iterable[object]) -> dict[str, object]:
    """Columns of stages. A column has ``label``, ``count``, ``url``, ``late`` and ``cards``; a card has
    ``url``, ``title``, ``sub``, ``colour`` and ``words``."""
    return {"columns": columns}


# Forms ------------------------------------------------------------------------------------------


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, RadioSelect):
        return "radio"
    if isinstance(widget, Select):
        return "select"
    return "textarea" if isinstance(widget, Textarea) else "input"


@register.inclusion_tag("base/_field.html")
def field(bound: BoundField, rule: str = "", example: str = "") -> dict[str, object]:
    """A form field: label above, help and rule before the error happens, the error with an example."""
    identity = bound.id_for_label or bound.auto_id
    described = [f"{identity}-help"] if bound.help_text or rule or example else []
    if bound.errors:
        described.append(f"{identity}-error")
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    control = mark_safe(bound.as_widget(attrs=attributes))  # noqa: S308  Django's own widget
    return {
        "bound": bound,
        "control": control,
        "kind": _kind(bound),
        "identity": identity,
        "rule": rule,
        "example": example,
        "required": bound.field.required,
    }


@register.simple_tag
def must_count(count: int | None, must: bool = False) -> SafeString:
    """A number in the rail; vermilion only where this person must act."""
    if not count:
        return mark_safe("")
    return format_html(
        '<span class="n{}">{}</span>', " must" if must else "", conditional_escape(f"{count:,}")
    )
