"""A column mapping as a person sees it: beside each column of the file, what it holds, in one short word.

``案由``, ``事项：开庭``, ``扣除：鉴定期间``, ``扣除起：鉴定期间``, ``当事人：原告``, ``标签``; in a table of
events ``事项名称``, ``发生日期`` and the like; empty for a column that is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import Mapping as ColumnMapping
from mingjing.imports.mapping import Source
from mingjing.imports.synonyms import PARTY_ROLES
from mingjing.imports.words import Words

NUMBER, TAG = "案号", "标签"
EVENT, SPAN, FIRST, LAST, PAPER, PARTY = "事项：", "扣除：", "扣除起：", "扣除止：", "扣除文书：", "当事人："
OF_EVENT = {
    "事项名称": "kind",
    "发生日期": "happened",
    "录入时间": "recorded",
    "事项结束日期": "until",
    "登记期限": "due",
    "登记完成": "finished",
}
ALREADY_EVENTS = ("立案", "结案")  # the day of the case is their event


class TargetUnknown(Refusal):
    """A column is said to hold something the court does not know; ``column`` is which."""

    code = "target-unknown"

    def __init__(self, column: str, message: str, allowed: Sequence[str]) -> None:
        super().__init__(message, allowed=allowed, example=allowed[0] if allowed else "")
        self.column = column


def offered(words: Words) -> tuple[str, ...]:
    """Every word that may stand beside a column."""
    return (
        NUMBER,
        *(name for name in words.fields if name != NUMBER),
        *OF_EVENT,
        *(f"{PARTY}{role}" for role in PARTY_ROLES),
        TAG,
        *(f"{EVENT}{kind}" for kind in sorted(words.event_kinds)),
        *(f"{start}{kind}" for start in (SPAN, FIRST, LAST, PAPER) for kind in sorted(words.exclusion_kinds)),
    )


def targets_of(mapping: ColumnMapping) -> dict[str, str]:
    """Column → its word, for every column the mapping reads."""
    found: dict[str, str] = {}
    for column, word in _pairs(mapping):
        found.setdefault(column, word)
    return found


def _pairs(mapping: ColumnMapping) -> Iterator[tuple[str, str]]:
    if mapping.number.column:
        yield mapping.number.column, NUMBER
    if mapping.event is not None:
        for word, name in OF_EVENT.items():
            source = getattr(mapping.event, name)
            if source is not None and source.column:
                yield source.column, word
    for name, source in mapping.columns.items():
        if source.column:
            yield source.column, name
    for party in mapping.parties:
        yield party.column, f"{PARTY}{party.role}"
    for tag in mapping.tags:
        yield tag.column, TAG
    for event in mapping.events:
        yield event.happened.column, f"{EVENT}{event.kind}"
    for item in mapping.exclusions:
        for start, part in (
            (SPAN, item.span),
            (FIRST, item.first),
            (LAST, item.last),
            (PAPER, item.document),
        ):
            if part is not None and part.column:
                yield part.column, f"{start}{item.kind}"


def mapping_of_targets(
    base: ColumnMapping, words: Words, targets: Mapping[str, str], *, name: str
) -> dict[str, object]:
    """The plain mapping that these words mean. Units, translations and zone are kept from ``base``.

    Raises
    ------
    TargetUnknown   a word that is not offered
    Refusal         no column holds the case number, or two do
    """
    known = {*offered(words), *base.columns}
    chosen = {column: word.strip() for column, word in targets.items() if word.strip()}
    for column, word in chosen.items():
        if word not in known:
            near = get_close_matches(word, sorted(known), n=5, cutoff=0.3) or [NUMBER, "案由", "立案日期"]
            raise TargetUnknown(column, f"“{column}”一列填的“{word}”不在可选的名称里。", near)
    numbers = [column for column, word in chosen.items() if word == NUMBER]
    if len(numbers) != 1:
        what = f"有 {len(numbers)} 列（{'、'.join(numbers)}）" if numbers else "没有一列"
        raise Refusal(f"{what}对应“案号”，要有且只有一列。", example="案号")
    plain: dict[str, object] = {
        "name": name or base.name,
        "number": numbers[0],
        "number_grammar": base.number_grammar,
        "kinds": base.kinds,
        "zone": base.zone,
        "date_order": base.date_order,
        "sheet": base.sheet,
        "dues": [due.model_dump() for due in base.dues if {due.due, due.done} <= chosen.keys()],
    }
    if any(word in OF_EVENT for word in chosen.values()):
        event = {OF_EVENT[word]: column for column, word in chosen.items() if word in OF_EVENT}
        return {**plain, "shape": "events", "event": event | _also_finished(base, event)}
    return {**plain, **_of_cases(base, words, chosen)}


def _also_finished(base: ColumnMapping, event: Mapping[str, str]) -> dict[str, str]:
    """The day of the event as the day it was done, where ``base`` says so: a column has only one word."""
    one = base.event
    same = one is not None and one.finished == one.happened and one.happened.column == event.get("happened")
    return {"finished": event["happened"]} if same and "due" in event and "finished" not in event else {}


def _of_cases(base: ColumnMapping, words: Words, chosen: Mapping[str, str]) -> dict[str, object]:
    columns: dict[str, object] = {}
    events: list[dict[str, object]] = []
    exclusions: dict[str, dict[str, object]] = {}
    for column, word in chosen.items():
        if (word in words.fields or word in base.columns) and word != NUMBER:
            columns[word] = _source(base, word, column)
            kind = word.removesuffix("日期")
            if kind != word and kind in words.event_kinds and kind not in ALREADY_EVENTS:
                events.append({"kind": kind, "happened": column})
        elif word.startswith(EVENT):
            events.append(_event(base, word.removeprefix(EVENT), column))
        else:
            for start, part in ((SPAN, "span"), (FIRST, "first"), (LAST, "last"), (PAPER, "document")):
                if word.startswith(start):
                    kind = word.removeprefix(start)
                    exclusions.setdefault(kind, {"kind": kind})[part] = column
    parties = [
        {"role": word.removeprefix(PARTY), "column": column}
        for column, word in chosen.items()
        if word.startswith(PARTY)
    ]
    return {
        "columns": columns,
        "events": events,
        "exclusions": list(exclusions.values()),
        "parties": parties,
        "tags": [column for column, word in chosen.items() if word == TAG],
    }


def _source(base: ColumnMapping, word: str, column: str) -> object:
    before = base.columns.get(word)
    if before is not None and before.column == column:
        return before.model_dump(mode="json", exclude_defaults=True)
    return Source(column=column).model_dump(mode="json", exclude_defaults=True)


def _event(base: ColumnMapping, kind: str, column: str) -> dict[str, object]:
    before = next((e for e in base.events if e.kind == kind and e.happened.column == column), None)
    if before is not None and before.recorded is not None:
        return {"kind": kind, "happened": column, "recorded": before.recorded.column}
    return {"kind": kind, "happened": column}
