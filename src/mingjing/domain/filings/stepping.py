"""One act on a report: the ledger's step, and what a filing remembers beside it (when filed, who signed)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.filings.rates import Report
from mingjing.domain.filings.rules import (
    COUNTERSIGN,
    DUE,
    EXCUSE,
    EXCUSED,
    FILED,
    LATE_FLAG,
    SIGNED,
    SIGNERS,
    TO_SIGN,
    UNTRUE,
    Filing,
)
from mingjing.domain.ledgers import stepping as ledger
from mingjing.domain.ledgers.matters import Deed, Matter, Permitted, Stepped, Who, WrongPerson
from mingjing.domain.reasons import Step

_WITHOUT_YEARS = WorkCalendar("", {})  # days counted from a field are never working days


def permitted(filing: Filing, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to a report now; only the one whose turn it is may counter-sign."""
    found = ledger.permitted(filing.register, matter, who, on)
    return tuple(one for one in found if one.act != COUNTERSIGN or _has_turn(matter, who))


def step(filing: Filing, matter: Matter, deed: Deed) -> Stepped:
    """The report after an act.

    ``inner`` holds ``filed`` and ``due`` (ISO days), ``nil``, ``excused``, ``untrue`` and ``signed``, the
    list of counter-signatures so far. A report after the last day carries the flag 逾期; one sent back is not
    filed any more, and its next day counts.

    Raises
    ------
    WrongPerson   somebody counter-signs out of turn; and whatever the ledger's step raises
    """
    if deed.act == COUNTERSIGN and not _has_turn(matter, deed.who):
        turn = pending(matter.values, matter.inner)
        whose = f"现在轮到{turn[0]}" if turn else "会签已经完成"
        raise WrongPerson(f"“{COUNTERSIGN}”要按顺序办理，{whose}，{deed.who.name}不能签。")
    stepped = ledger.step(filing.register, matter, deed)
    if deed.act in (*filing.files, filing.nil):
        return _filed(filing, stepped, deed)
    if deed.act == COUNTERSIGN:
        return _countersigned(matter, stepped, deed)
    inner = dict(stepped.inner)
    if stepped.state == EXCUSED:
        inner["excused"] = str(stepped.values.get(EXCUSE) or EXCUSED)
    if seed := deed.target.get("seed"):
        inner["seed"] = seed
    if stepped.state == UNTRUE:
        inner["untrue"] = True
    if _open_again(filing, stepped.state):
        inner = {key: value for key, value in inner.items() if key == "due"}
    return Stepped(stepped.state, stepped.values, inner, stepped.opens, says=stepped.says)


def pending(values: Mapping[str, object], inner: Mapping[str, object]) -> tuple[str, ...]:
    """The capacities that still have to counter-sign, the next one first."""
    asked = tuple(word for word in str(values.get(SIGNERS) or "").split("、") if word)
    return asked[len(_signed(inner)) :]


def report_of(key: int | str, inner: Mapping[str, object]) -> Report:
    """What a report's memory says for counting."""
    filed = inner.get("filed")
    return Report(
        key,
        date.fromisoformat(str(filed)) if filed else None,
        bool(inner.get("nil")),
        str(inner.get("excused") or ""),
        bool(inner.get("untrue")),
    )


def _signed(inner: Mapping[str, object]) -> list[object]:
    held = inner.get("signed")
    return list(held) if isinstance(held, (list, tuple)) else []


def _has_turn(matter: Matter, who: Who) -> bool:
    turn = pending(matter.values, matter.inner)
    return bool(turn) and (who.anything or turn[0] in who.capacities)


def _filed(filing: Filing, stepped: Stepped, deed: Deed) -> Stepped:
    inner: dict[str, object] = {**stepped.inner, "filed": deed.on.isoformat(), "nil": deed.act == filing.nil}
    inner.pop("untrue", None)
    state = stepped.state
    if filing.signs:
        inner["signed"] = []
        state = TO_SIGN if pending(stepped.values, inner) else SIGNED
    due = _due(filing, stepped.values)
    says, flags = stepped.says, stepped.flags
    if due is not None:
        inner["due"] = due.isoformat()
        if deed.on > due:
            flags = (*flags, LATE_FLAG)
            says = (*says, Step(f"+ {(deed.on - due).days} 天", f"截止日 {due}，晚于截止日，记为逾期"))
    return Stepped(state, stepped.values, inner, stepped.opens, says=says, flags=flags)


def _due(filing: Filing, values: Mapping[str, object]) -> date | None:
    """The last day: as the record holds it, or counted from one of its fields."""
    if held := values.get(DUE):
        return date.fromisoformat(str(held))
    if filing.due is None or not (started := values.get(filing.due.field)):
        return None
    return filing.due.after(date.fromisoformat(str(started)[:10]), _WITHOUT_YEARS)


def _countersigned(matter: Matter, stepped: Stepped, deed: Deed) -> Stepped:
    capacity = pending(matter.values, matter.inner)[0]
    mark = {"as": capacity, "key": deed.who.key, "name": deed.who.name, "on": deed.on.isoformat()}
    inner = {**stepped.inner, "signed": [*_signed(matter.inner), mark]}
    left = pending(stepped.values, inner)
    says = (Step(deed.on.isoformat(), f"{deed.who.name}以“{capacity}”会签"),)
    told: tuple[tuple[str | int, str], ...] = ((left[0], "轮到您会签。"),) if left else ()
    return Stepped(TO_SIGN if left else SIGNED, stepped.values, inner, stepped.opens, told, says)


def _open_again(filing: Filing, state: str) -> bool:
    """Whether a state waits for the report: one of the acts that count as reporting starts there."""
    if state in (FILED, TO_SIGN, SIGNED):
        return False
    acts = [act for act in filing.register.acts if act.label in filing.files]
    return any(state in sources for act in acts for sources, _ in act.moves)
