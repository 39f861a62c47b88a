"""Who may do what, as one table read off the definitions: roles, and every act and field of every register.

Nothing is decided here. The verbs ask the same definitions; tests hold this table and their answers together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.installation import registry
from mingjing.services.records.versions import registers_on

ROLES = "角色权限"
ANY = "—"


@dataclass(frozen=True, slots=True)
class Granted:
    """One line: under which definition, who, what act, in which states, which fields, how secret, how far."""

    source: str
    who: str
    act: str
    states: str = ANY
    fields: str = ANY
    secrecy: str = ANY
    reach: str = ANY
    trace: str = ANY
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader looks for; empty is everything."""

    source: str = ""
    who: str = ""
    q: str = ""

    def wants(self, row: Granted) -> bool:
        """Whether a line fits."""
        if self.source and row.source != self.source:
            return False
        if self.who and self.who not in row.who.split("、"):
            return False
        text = f"{row.source} {row.who} {row.act} {row.states} {row.fields} {row.secrecy}"
        return not self.q or self.q in text

    @property
    def sentence(self) -> str:
        """The filter in words."""
        return " · ".join(part for part in (self.source, self.who, self.q) if part) or "全部"


def rights(actor: Actor, asked: Asked) -> list[Granted]:
    """The lines in force at the actor's court on their day."""
    known = [*_of_roles(actor)]
    for register in registers_on(actor.court, actor.on):
        known += _of_register(register)
    return [row for row in known if asked.wants(row)]


def holders(actor: Actor) -> list[str]:
    """Every role, then every post, in the order of their definitions."""
    known = registry(actor.court)
    roles = [role.label for role in known.roles().roles]
    return [*roles, *(post for post in known.dictionary("dictionary.posts").keys if post not in roles)]


def sources(actor: Actor) -> list[str]:
    """角色权限, then every register."""
    return [ROLES, *sorted({register.label for register in registers_on(actor.court, actor.on)})]


def _of_roles(actor: Actor) -> Iterator[Granted]:
    known = registry(actor.court)
    table = known.dictionary("dictionary.acts")
    for role in known.roles().roles:
        who = "、".join(dict.fromkeys((role.label, *role.posts)))
        for act in sorted(role.may, key=list(table.keys).index):
            row = table.row(act)
            reach = role.sees.value if row["group"] in ("案件", "审批", "监督", "数据") else ANY
            yield Granted(ROLES, who, act, reach=reach, trace=row["trace"], definition="roles.court")


def _of_register(register: Register) -> Iterator[Granted]:
    shared = {"source": register.label, "secrecy": register.secrecy, "definition": register.id}
    seen = "、".join(register.seen_by) or "登记人、办理人、记录上写明的人"
    yield Granted(who=seen, act="查看", **shared)
    if register.subject:
        told = "、".join(register.subject_sees) or "自己的记录"
        yield Granted(who=f"本人（{register.subject}）", act="查看", fields=told, **shared)
    for field in register.fields:
        if field.seen_by:
            yield Granted(who="、".join(field.seen_by), act="查看字段", fields=field.label, **shared)
    for act in register.acts:
        states = dict.fromkeys(state for before, _ in act.moves for state in before)
        filled = "、".join((*act.fill, *act.may_fill)) or ANY
        yield Granted(
            who="、".join(act.by) + (f"（{'、'.join(act.never_by)}除外）" if act.never_by else ""),
            act=act.label,
            states="、".join(states) or ANY,
            fields=filled,
            trace="是",
            **shared,
        )


COLUMNS: tuple[Column[Granted], ...] = (
    Column("制度", lambda row: row.source),
    Column("谁", lambda row: row.who),
    Column("能做", lambda row: row.act),
    Column("在什么状态", lambda row: row.states),
    Column("看、填哪些字段", lambda row: row.fields),
    Column("密级", lambda row: row.secrecy),
    Column("范围", lambda row: row.reach),
    Column("留痕", lambda row: row.trace),
    Column("出自", lambda row: row.definition),
)


def rights_workbook(actor: Actor, asked: Asked) -> bytes:
    """The table as a workbook. Needs 查看权限表; one log entry."""
    sheet = Sheet("谁能做什么", COLUMNS, rights(actor, asked), asked.sentence, unit="条")
    return export(actor, sheet, verb="导出权限表", needs="查看权限表")
