"""One record: what it is, why it is due then, what may be done now, and everything that was done."""

from __future__ import annotations

from datetime import date
from itertools import islice

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.approvals.approval import is_mark
from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.reading.acts import is_in_the_log
from mingjing.services.reading.assessments.honours import marks_beside
from mingjing.services.reading.dossiers import KIND as KIND_OF_DOSSIER
from mingjing.services.reading.dossiers import SEE_DOSSIERS
from mingjing.services.reading.records.doers import doers
from mingjing.services.reading.records.filters import OPEN
from mingjing.services.reading.records.letters import letter, letters_of
from mingjing.services.reading.records.page import ActLine, ClockShown, Held, RecordView, record_view
from mingjing.services.reading.records.trees import Branch
from mingjing.services.records.acting import options
from mingjing.services.records.evidence import download
from mingjing.services.records.opening import openings_under
from mingjing.services.records.verbs import KIND
from mingjing.services.records.versions import registers_on
from mingjing.services.records.words import PUBLIC
from mingjing.services.window.giving import slip_of
from mingjing.storage.records.models import Record
from mingjing.web import wording
from mingjing.web.downloads import attachment
from mingjing.web.records.addresses import within
from mingjing.web.records.lists import KINDS
from mingjing.web.records.panels import record_panel
from mingjing.web.records.rows import shorter
from mingjing.web.records.tree import lines
from mingjing.web.routing import Route, StaffRequest

MOST_BUTTONS, MOST_DOERS = 6, 4
FEW_LEAVES, MOST_NAMED = 5, 30
UNDOING = ("撤回", "撤销", "撤下", "取消", "作废", "废止", "终止", "中止", "注销", "删除")
"""What an act that takes something back begins with: it is never the main button of a page."""
SIGHT = {"公开": "全院", "内部": "经办人、责任人和他们的上级", "保密": "只有规定的人，看过留痕"}


def record(request: StaffRequest, record_id: int) -> HttpResponse:
    """The page of one record."""
    request.family = "台账"
    actor = request.actor
    view = record_view(actor, record_id)
    offered = options(actor, view.record)
    mine = view.record.holder_id == actor.person.pk
    context = {
        "view": view,
        "record": view.record,
        "register": view.register,
        "kind": KINDS.get(view.register.kind, view.register.kind),
        "question": _question(view, actor.on),
        "running": [_clock(one) for one in view.running],
        "stopped": [_clock(one) for one in view.clocks if not one.running],
        "acts": _buttons(view, offered, must=mine),
        "blocked": [one for one in offered if one.refusal],
        **_doers(actor, view),
        "facts": [*_facts(view), *_dossier(actor, view)],
        "paragraphs": [one for one in view.fields if one.said and one.long and not _is_title(one, view)],
        "files": [one for one in view.fields if one.files],
        "history": [_line(one) for one in view.history],
        "below": lines(view.below.below, actor.on) if view.below else [],
        "rolled": _rolled(view.below) if view.below else "",
        "beneath": _beneath(actor, view.record),
        "waiting": _waiting(actor, view.below) if view.below else None,
        "panel": record_panel(request, view.record, view.register.kind),
        "list_url": within("register", view.register),
        "marks": marks_beside(view.record),
        "letters": letters_of(view.register, actor),
        "slip": slip_of(actor, view.record),
        "provable": is_in_the_log(KIND, view.record.pk),
        "may_link": bool(view.register.links) and actor.may("办理台账"),
        "on": actor.on,
    }
    return render(request, "pages/records/record.html", context)


def _doers(actor: Actor, view: RecordView) -> dict[str, object]:
    """Who in office may do what now; ``stranded`` where nobody may do anything."""
    found = doers(actor, view.record, {one.field.label for one in view.fields})
    same: dict[tuple[object, ...], list[str]] = {}
    for one in found:
        same.setdefault((one.words, one.names, one.vacant), []).append(one.act)
    lines = [
        {"act": "、".join(same[one.words, one.names, one.vacant]), "words": "、".join(one.words),
         "names": "、".join(one.names[:MOST_DOERS]), "more": max(0, len(one.names) - MOST_DOERS),
         "vacant": one.vacant}
        for one in found
        if same[one.words, one.names, one.vacant][0] == one.act
    ]  # fmt: skip
    return {"doers": lines, "stranded": bool(found) and all(one.vacant for one in found)}


def _beneath(actor: Actor, record: Record) -> list[tuple[str, str]]:
    """Where a record is opened under this one: address and words."""
    return [
        (f"{within('register-new', one, act=act.act)}&above={record.pk}", f"{act.act}（{one.label}）")
        for one, act in openings_under(actor, record)
    ]


def _dossier(actor: Actor, view: RecordView) -> list[tuple[object, ...]]:
    """The way to the dossier of whom the record is about, for whoever may read it (S-099)."""
    about = view.record.subject
    if about is None or about == actor.person or about.court_id != actor.court.pk:
        return []
    if not actor.may(SEE_DOSSIERS):
        return []
    return [(KIND_OF_DOSSIER, f"{about.name}的{KIND_OF_DOSSIER}", reverse("dossier", args=[about.pk]))]


def _is_title(one: Held, view: RecordView) -> bool:
    """Whether the heading says the field already; files stand in a part of their own."""
    return bool(one.files) or one.said == view.record.title


def _question(view: RecordView, on: date) -> str:
    """Why it is due on that day, or what became of its clocks."""
    due = view.record.due_on
    if due is not None and not view.record.over:
        return f"为什么是{wording.chinese_day(due, on)}"
    return "时限怎样了"


def _clock(one: ClockShown) -> dict[str, object]:
    run = one.run
    return {"one": one, "run": run, "law": run.clock.law, "answer": run.due, "last": run.last_day}


def _buttons(view: RecordView, offered: tuple[Permitted, ...], *, must: bool) -> list[dict[str, object]]:
    """What may be done now: one primary button, vermilion where the record is this person's to move.

    What takes something back comes last and is never the primary one, even where nothing else may be done.
    """
    found: list[dict[str, object]] = []
    ready = sorted((one for one in offered if not one.refusal), key=lambda one: one.act.startswith(UNDOING))
    onward = [one for one in ready if not one.act.startswith(UNDOING)]
    moving = [one for one in onward if _moves(view, one.act)]
    first = next(iter(moving or onward), None)
    for one in ([first] if first else []) + [one for one in ready if one is not first]:
        kind = ("must" if must and not view.record.over else "main") if one is first else ""
        url = reverse("record-act", args=[view.record.pk, one.act])
        found.append({"label": one.act, "url": url, "kind": kind})
    return found[:MOST_BUTTONS]


def _moves(view: RecordView, label: str) -> bool:
    """Whether the act leads to another state."""
    try:
        act = view.register.act(label)
    except KeyError:
        return False
    state = view.record.state
    return any(state in sources and after not in ("", state) for sources, after in act.moves)


def _facts(view: RecordView) -> list[tuple[object, ...]]:
    """The short fields at the right, then what the record itself knows."""
    record, register = view.record, view.register
    shown = [one for one in view.fields if one.said and not one.long and not one.files]
    pairs: list[tuple[object, ...]] = [(one.field.label, one.said, _of(one, record.data)) for one in shown]
    pairs += [
        ("期间", record.period if "期间" not in {pair[0] for pair in pairs} else ""),
        (
            "登记",
            f"{record.opened_on}　{record.registered_by.name if record.registered_by else _opener(view)}",
        ),
        ("了结", str(record.over_on) if record.over_on else ""),
        ("谁能看", SIGHT.get(register.secrecy, register.secrecy)),
    ]
    if record.above:
        above = f"{record.above.number} {shorter(record.above.title, 24)}"
        pairs.insert(0, ("上级", above, reverse("record", args=[record.above.pk])))
    if record.returns_id:
        pairs.append(("再次发生", "以前登记过同样的问题", reverse("record", args=[record.returns_id])))
    return pairs


def _opener(view: RecordView) -> str:
    """Who opened a record that nobody of the court did."""
    first = next((one.act for one in view.history if one.act.turn == 1), None)
    return PUBLIC if first is not None and PUBLIC in first.flags else "系统"


def _of(one: Held, data: dict[str, object]) -> str:
    """Where the value of a case or record field leads."""
    key = data.get(one.field.key)
    if not isinstance(key, int):
        return ""
    names = {FieldType.CASE: "case", FieldType.RECORD: "record"}
    name = names.get(one.field.type)
    return reverse(name, args=[key]) if name else ""


def _line(line: ActLine) -> dict[str, object]:
    """One act of the history."""
    act = line.act
    moved = f"{act.before} → {act.after}" if act.before != act.after else ""
    flags = [one for one in act.flags if not is_mark(str(one)) and one != PUBLIC]
    return {
        "line": line,
        "act": act,
        "who": act.actor.name if act.actor else PUBLIC if PUBLIC in act.flags else "系统",
        "moved": moved,
        "flags": flags,
        "late": any("逾期" in str(flag) or "超期" in str(flag) for flag in flags),
    }


def _rolled(branch: Branch) -> str:
    """``共 21 项，已了结 19，逾期 1``."""
    late = f"，逾期 {branch.late}" if branch.late else ""
    part = "（下级太多，只算列出的）" if branch.cut else ""
    return f"末级共 {branch.leaves} 项，已了结 {branch.done} 项{late}{part}"


def _waiting(actor: Actor, branch: Branch) -> dict[str, object] | None:
    """The leaves still open by name, where they do not stand alone: a rate is not believed without them."""
    if branch.done == branch.leaves or branch.leaves <= FEW_LEAVES:
        return None
    rows = list(islice(branch.open_leaves(), MOST_NAMED))
    whole = branch.leaves - branch.done
    of, query = {row.register for row in rows}, {"above": str(branch.row.pk), "status": OPEN}
    known = [one for one in registers_on(actor.court, actor.on) if one.id in of]
    lists = [(within("register", one, query), one.label) for one in known]
    names = [(reverse("record", args=[row.pk]), shorter(row.title or row.number, 30)) for row in rows]
    return {"count": whole, "names": names, "rest": whole - len(rows), "lists": lists}


def file(request: StaffRequest, record_id: int, attachment_id: int) -> FileResponse:
    """A piece of evidence, to be saved under the name it came with."""
    found = download(request.actor, record_id, attachment_id)
    response = FileResponse(found.path.open("rb"), content_type=found.media_type)
    for name, value in found.headers.items():
        response[name] = value
    return response


def record_letter(request: StaffRequest, record_id: int, document_id: str) -> HttpResponse:
    """A letter of the record as .docx; what it still lacks is said on the page."""
    try:
        made = letter(request.actor, record_id, document_id)
    except Refusal as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("record", args=[record_id]))
    return attachment(made.content, made.name)


routes = (
    Route("records/<int:record_id>", record, "record", "查看台账"),
    Route("records/<int:record_id>/letters/<str:document_id>", record_letter, "record-letter", "查看台账"),
    Route("records/<int:record_id>/files/<int:attachment_id>", file, "record-file", "查看台账"),
)
