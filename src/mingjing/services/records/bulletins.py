"""Bulletins: how many records bear out what is claimed of them; counted, never typed (N-033, R-048)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mingjing.definitions.values.documents import Counts, DocumentTemplate
from mingjing.domain.expressions.reading import MissingFieldError, WrongFieldError
from mingjing.domain.ledgers.matters import Matter
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.stepping import surroundings_of
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.notice_papers import Paper
from mingjing.services.permissions import NotVisible
from mingjing.services.records.numbering import next_serial
from mingjing.services.records.sight import sees_whole, visible
from mingjing.services.records.standing import hands_of
from mingjing.services.records.surroundings import matter_of
from mingjing.services.records.verbs import ACT, verb
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Record

MOST = 500
HEADINGS = (("编号", 1.0), ("事项", 2.6), ("责任部门", 1.2), ("认定", 1.0))
CLAIMED = (("自报", 1.0), ("说明", 2.0))


class CountsDiffer(Refusal):
    """Somebody typed counts that the register does not give."""

    code = "counts-differ"


class NotTheWhole(Refusal):
    """The actor does not see every record, or there are too many to count one by one."""

    code = "not-the-whole"


@dataclass(frozen=True, slots=True)
class Item:
    """One record: what is claimed of it (or nothing), what it bears out, and why the two differ."""

    record: Record
    claimed: str
    borne: str
    why: str

    @property
    def differs(self) -> bool:
        """Whether more or something else is claimed than the record bears out."""
        return bool(self.claimed) and self.claimed != self.borne


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Every record of a register with both of its standings, and the counts of both."""

    template: DocumentTemplate
    counts: Counts
    items: tuple[Item, ...]

    @property
    def borne(self) -> Mapping[str, int]:
        """How many records bear out each word."""
        found = Counter(one.borne for one in self.items)
        return {label: found[label] for label in self.counts.labels}

    @property
    def claimed(self) -> Mapping[str, int]:
        """How many records are claimed to be each."""
        found = Counter(one.claimed for one in self.items)
        return {label: found[label] for label in self.counts.labels}

    @property
    def differing(self) -> tuple[Item, ...]:
        """The records of which something else is claimed than they bear out."""
        return tuple(one for one in self.items if one.differs)

    def require(self, typed: Mapping[str, int]) -> None:
        """Refuse counts somebody typed that are not those of the register.

        Raises
        ------
        CountsDiffer   names each count that differs, and the records behind the difference
        """
        wrong = [label for label, number in typed.items() if self.borne.get(label, 0) != number]
        if not wrong:
            return
        said = "，".join(f"“{label}”写了 {typed[label]}，台账认定 {self.borne[label]}" for label in wrong)
        behind = "；".join(f"{one.record.title}（{one.why}）" for one in self.differing[:5])
        raise CountsDiffer(
            f"稿子里的数字对不上：{said}。通报里的数字由台账数出，不能手写。"
            + (f"自报与认定不一致的有 {len(self.differing)} 条：{behind}。" if behind else ""),
            example="、".join(f"{label} {number}" for label, number in self.borne.items()),
        )


def bulletins_of(actor: Actor, register: Register) -> tuple[DocumentTemplate, ...]:
    """The bulletins that count this register."""
    known = registry(actor.court)
    found = (known.document(one, actor.on) for one in known.ids("document"))
    return tuple(one for one in found if one.counts and one.counts.over == register.id)


def bulletins_offered(actor: Actor, register: Register) -> tuple[DocumentTemplate, ...]:
    """The bulletins the actor could issue: a bulletin counts every record, so whoever sees only some of them,
    or may not act, is not led to one."""
    found = bulletins_of(actor, register) if actor.may(ACT) else ()
    return found if found and sees_whole(actor, register, hands_of(actor)) else ()


def bulletin(actor: Actor, register: Register, document_id: str) -> Bulletin:
    """Count the records of a register as a bulletin says.

    Raises
    ------
    NotVisible    the register has no such bulletin
    NotTheWhole   the actor does not see all of its records, or there are more than 500
    """
    template = next((one for one in bulletins_of(actor, register) if one.id == document_id), None)
    if template is None or template.counts is None:
        raise NotVisible
    every = Record.objects.filter(court=actor.court, register=register.id)
    seen = every.filter(visible(actor, register)).select_related("unit", "court").order_by("number", "pk")
    rows, whole = list(seen[: MOST + 1]), every.count()
    if len(rows) < min(whole, MOST + 1):
        raise NotTheWhole(f"这本台账有 {whole} 条，您看得到 {len(rows)} 条。通报要看得到全部的人出。")
    if len(rows) > MOST:
        raise NotTheWhole(f"这本台账有 {whole} 条，一份通报最多数 {MOST} 条。")
    return Bulletin(template, template.counts, tuple(_item(row, template.counts) for row in rows))


def _item(record: Record, counts: Counts) -> Item:
    register = register_at(record)
    matter = matter_of(record, register)
    claimed = str(matter.values.get(counts.claims) or "") if counts.claims else ""
    return Item(record, claimed, _borne(register, matter, record, counts), _why(matter))


def _borne(register: Register, matter: Matter, record: Record, counts: Counts) -> str:
    known = surroundings_of(register, matter, record.opened_on)
    for one in counts.bears:
        try:
            if one.when.exact().compile(known)(known):
                return one.label
        except (MissingFieldError, WrongFieldError):
            continue  # what the record does not say, it does not bear out
    return counts.otherwise


def _why(matter: Matter) -> str:
    """What stands against calling it done."""
    open_ = {"未结审批": "件审批没有办结", "未结下级": "项下级事项没有办完"}
    told = [f"还有 {matter.counts[name]} {words}" for name, words in open_.items() if matter.counts.get(name)]
    if not matter.counts.get("佐证数"):
        told.insert(0, "没有佐证")
    return "，".join(told) or f"台账状态是“{matter.state}”"


def issue(actor: Actor, register: Register, document_id: str, typed: Mapping[str, int]) -> Paper:
    """A numbered bulletin as .docx; ``typed`` are counts of a draft, refused where they differ.

    Raises
    ------
    NotVisible, NotTheWhole, CountsDiffer, NotAllowed
    """
    from mingjing.documents.gongwen import write_document  # the writer of .docx is loaded to write one
    from mingjing.documents.tables import Column, Table
    from mingjing.documents.template import fill_template

    found = bulletin(actor, register, document_id)
    found.require(typed)
    template = found.template
    with verb(actor, "出具通报", actor.court, subject_id=register.id) as work:
        serial = next_serial(actor.court, document_id, actor.on.year)
        number = template.numbered(actor.on.year, serial, actor.court.code)
        work.entry.definition = registry(actor.court).ref(document_id, actor.on)
        work.entry.payload = {"文号": number, "认定": dict(found.borne), "自报": dict(found.claimed)}
    rows = tuple(_row(one, found.counts) for one in found.items)
    headings = (*HEADINGS, *CLAIMED) if found.counts.claims else HEADINGS
    table = Table(tuple(Column(*heading) for heading in headings), rows, caption=f"{register.label}逐条情况")
    document = fill_template(
        template, blanks(actor, found), issuer=actor.court.name, number=number, issued_on=actor.on,
        tables=(table,) if rows else (),
    )  # fmt: skip
    return Paper(f"{number}{template.label}.docx", write_document(document))


def blanks(actor: Actor, found: Bulletin) -> dict[str, str]:
    """What the blanks of a bulletin are filled with."""
    from mingjing.documents.days import format_day

    told = {f"认定{label}": str(number) for label, number in found.borne.items()}
    told |= {f"自报{label}": str(number) for label, number in found.claimed.items()}
    told |= {"总数": str(len(found.items)), "不符数": str(len(found.differing))}
    told |= {"法院": actor.court.name, "截至日期": format_day(actor.on)}
    return {blank.name: told[blank.name] for blank in found.template.blanks if blank.name in told}


def _row(one: Item, counts: Counts) -> tuple[str, ...]:
    unit = one.record.unit.name if one.record.unit else "—"
    told = one.record.number, one.record.title, unit, one.borne
    return (*told, one.claimed or "未报", one.why if one.differs else "—") if counts.claims else told
