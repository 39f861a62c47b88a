"""What people do with a draft: begin, save, submit, take back, decide."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import F

from mingjing.definitions.definition import Definition
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.drafting.beginnings import blank, copy_of, next_version
from mingjing.services.drafting.checking import Checked, check
from mingjing.services.drafting.publishing import publishing, require_base
from mingjing.services.installation import now, registry
from mingjing.services.permissions import NotVisible, require
from mingjing.storage.drafts.models import Draft

State = Draft.State
OPEN = (State.WRITING, State.RETURNED)
APPROVE = "批准制度"
MOST = 200_000
"""Characters of a draft."""
_PASSED = "生效日期 {} 已经过去，制度不能溯及既往。请把 from 改成今天或者以后。"


class NotDraftable(Refusal):
    """The draft is not in a state for this, or not in order."""

    code = "not-draftable"


class SavedMeanwhile(Refusal):
    """Somebody saved the draft after this page was opened."""

    code = "saved-meanwhile"


def begin(actor: Actor, *, like: str = "", copy: bool = False, kind: str = "ledger") -> Draft:
    """A new draft: a blank of a kind, the next version of ``like``, or a copy of it under another name.

    Raises
    ------
    UnknownDefinition   there is no ``like`` in force
    Unreadable          there is no blank of this kind
    """
    base_hash = ""
    if like:
        definition = registry(actor.court).definition(like, actor.on)
        text = (copy_of if copy else next_version)(definition, actor.on)
        newest = registry(actor.court).files(like)[0]
        base_hash = "" if copy else newest.content_hash
    else:
        text = blank(kind, actor.on)
    with act(actor, "起草制度", needs="起草制度", subject_kind="draft", subject_id="") as entry:
        draft = Draft.objects.create(
            court=actor.court,
            author=actor.person,
            text=text,
            base_hash=base_hash,
            started_at=now(),
            saved_at=now(),
        )
        entry.subject_id = str(draft.pk)
        entry.payload = {"底稿": like or f"空白的 {kind}"}
    return _named(draft, check(actor.court, text))


def save(actor: Actor, draft_id: int, text: str, *, revision: int) -> tuple[Draft, Checked]:
    """Keep the text, however wrong it still is; the check comes back with it.

    Raises
    ------
    SavedMeanwhile   ``revision`` is not the one that was last saved; nothing is overwritten
    NotDraftable     it is submitted or decided, another's, or too long
    """
    draft = _own_open(actor, draft_id)
    text = text.replace("\r\n", "\n")
    if len(text) > MOST:
        raise NotDraftable(f"草稿有 {len(text)} 字，最多 {MOST} 字。请按问题拆成几份制度。")
    if "\x00" in text:  # no database keeps it
        raise NotDraftable("草稿里有看不见的空字符，存不下来。请删去从别处带来的乱码再保存。")
    checked = check(actor.court, text)
    with act(actor, "保存草稿", needs="起草制度", subject_kind="draft", subject_id=draft_id) as entry:
        kept = Draft.objects.filter(pk=draft.pk, revision=revision).update(
            text=text, revision=F("revision") + 1, saved_at=now()
        )
        if not kept:
            raise SavedMeanwhile("这份草稿刚才在另一个窗口保存过。您写的还在本页，请复制下来，刷新以后再改。")
        entry.payload = {"第几稿": revision + 1}
    draft.refresh_from_db()
    return _named(draft, checked), checked


def submit(actor: Actor, draft_id: int, *, reason: str) -> Draft:
    """Put the draft before whoever approves definitions.

    Raises
    ------
    NotDraftable     it has errors, or an example that does not come out (the first of them is named), or its
                     day has passed
    NotPublishable   it would take the place of what it was not begun from
    """
    draft = _own_open(actor, draft_id)
    if not reason.strip():
        raise NotDraftable("请写明为什么要立、要改这份制度。", example="会议室借用常有冲突，需要登记。")
    definition = _require_ready(check(actor.court, draft.text))
    _require_ahead(definition, actor.on)
    require_base(actor.court, definition, draft.base_hash)
    with act(actor, "提交制度", needs="起草制度", subject_kind="draft", subject_id=draft_id, why=reason):
        draft.state, draft.reason, draft.submitted_on = State.SUBMITTED, reason.strip(), actor.on
        draft.decided_by, draft.decided_on, draft.opinion = None, None, ""
        draft.save()
    return draft


def take_back(actor: Actor, draft_id: int, *, give_up: bool = False) -> Draft:
    """Withdraw a submitted draft to go on writing, or give a draft up."""
    draft = seen_draft(actor, draft_id)
    allowed = (*OPEN, State.SUBMITTED) if give_up else (State.SUBMITTED,)
    if draft.author_id != actor.person.pk or draft.state not in allowed:
        raise NotDraftable(f"这份草稿{draft.state}，只有起草人可以撤回还没有决定的草稿。")
    verb = "作废草稿" if give_up else "撤回制度"
    with act(actor, verb, needs="起草制度", subject_kind="draft", subject_id=draft_id):
        draft.state = State.WITHDRAWN if give_up else State.WRITING
        draft.save()
    return draft


def decide(actor: Actor, draft_id: int, *, agree: bool, opinion: str) -> Draft:
    """Approve a draft, which makes it a file in force from its day on, or return it with a reason.

    A day that went by while the draft waited becomes the day of approval, and the entry says so.

    Raises
    ------
    NotDraftable     it is not waiting, it is the approver's own, its day had passed when it was submitted, or
                     it has errors by now
    NotPublishable   see ``publishing``
    """
    draft = _to_decide(actor, draft_id)
    if agree:
        return _approve(actor, draft, opinion.strip())
    if not opinion.strip():
        raise NotDraftable("退回时请写明理由，起草人要照着改。", example="时限太短，请改为 5 个工作日。")
    with act(
        actor,
        "退回制度",
        needs=APPROVE,
        subject_kind="draft",
        subject_id=draft_id,
        why=opinion.strip(),
    ):
        draft.decided_by, draft.decided_on, draft.opinion = actor.person, actor.on, opinion.strip()
        draft.state = State.RETURNED
        draft.save()
    return draft


def _to_decide(actor: Actor, draft_id: int) -> Draft:
    draft = seen_draft(actor, draft_id)
    if draft.state != State.SUBMITTED:
        raise NotDraftable(f"这份草稿{draft.state}，现在不能决定。", allowed=[State.SUBMITTED])
    if draft.author_id == actor.person.pk:
        raise NotDraftable("自己起草的制度，要由另一个人批准。")
    return draft


def _approve(actor: Actor, draft: Draft, opinion: str) -> Draft:
    """The entry first, then the file under its name."""
    require(actor, APPROVE)
    read, written_for = draft.revision, _require_ready(check(actor.court, draft.text)).since
    draft.text = _from_today(draft, written_for, actor.on)
    definition = _require_ready(check(actor.court, draft.text))
    with (
        publishing(actor.court, definition, draft.text, base_hash=draft.base_hash) as file,
        act(
            actor, "批准制度", needs=APPROVE, subject_kind="draft", subject_id=draft.pk, why=opinion
        ) as entry,
    ):
        Draft.objects.select_for_update().get(pk=draft.pk)
        if _to_decide(actor, draft.pk).revision != read:  # taken back and written on meanwhile
            raise NotDraftable("您打开以后，起草人改过这份草稿。请看过新的一稿再决定。")
        draft.decided_by, draft.decided_on, draft.opinion = actor.person, actor.on, opinion
        draft.state, draft.content_hash = State.APPROVED, definition.content_hash
        draft.published = str(file.place)
        draft.save()
        entry.definition = definition.reference(definition.since)
        if definition.since != written_for:
            entry.payload = {"原定施行": str(written_for), "施行": str(definition.since)}
    return draft


def _from_today(draft: Draft, since: date | None, on: date) -> str:
    """The text as it can come into force: where its day went by while it waited, from the day of approval."""
    if since is None or since >= on:
        return draft.text
    if draft.submitted_on is not None and since >= draft.submitted_on:
        moved, lines = re.subn(rf"(?m)^from:([ \t]*){since}", rf"from:\g<1>{on}", draft.text, count=1)
        if lines:
            return moved
    raise NotDraftable(_PASSED.format(since), example=f"from: {on.isoformat()}")


def _require_ahead(definition: Definition, on: date) -> None:
    """Raises NotDraftable where the definition would reach back before the day it is submitted."""
    if definition.since is not None and definition.since < on:
        raise NotDraftable(_PASSED.format(definition.since), example=f"from: {on.isoformat()}")


def seen_draft(actor: Actor, draft_id: int) -> Draft:
    """The draft, if it is of this court and the actor drafts or approves. Raises NotVisible."""
    found = (
        Draft.objects.select_related("author", "decided_by").filter(pk=draft_id, court=actor.court).first()
    )
    if found is None or not (actor.may("起草制度") or actor.may("批准制度")):
        raise NotVisible
    return found


def _own_open(actor: Actor, draft_id: int) -> Draft:
    draft = seen_draft(actor, draft_id)
    if draft.author_id != actor.person.pk:
        raise NotDraftable(f"这是{draft.author.name}起草的，只有起草人可以改。您可以照着它另起一份。")
    if draft.state not in OPEN:
        raise NotDraftable(f"这份草稿{draft.state}，不能再改。", allowed=list(OPEN))
    return draft


def _require_ready(checked: Checked) -> Definition:
    if checked.definition is None or checked.errors:
        first = checked.errors[0]
        raise NotDraftable(f"还有 {len(checked.errors)} 处错误，第一处在第 {first.line} 行：{first.cause}")
    if checked.failed:
        one = checked.failed[0]
        raise NotDraftable(
            f"例子“{one.example.name}”对不上：应得 {one.outcome.expected}，实得 {one.outcome.got}。"
        )
    return checked.definition


def _named(draft: Draft, checked: Checked) -> Draft:
    """Keep id and name beside the text, for lists."""
    if checked.definition is not None:
        draft.definition_id, draft.label = checked.definition.id, checked.definition.label
        draft.save(update_fields=["definition_id", "label"])
    return draft
