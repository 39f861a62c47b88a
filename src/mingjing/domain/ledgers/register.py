"""The shape of a register: what its records hold, through which states they go, who acts, by when.

Every machinery (``ledger``, ``filing``, ``activity``, ``approval``, ``meeting``) has a register; what it adds
to it stands in its own module. Labels are the court's words and are what acts, states and fields are known
by outside the file; ``key`` is the short English name under which a field is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Rung

NEW = "新建"
"""The state before the first act."""
SEALED = "密封"
"""The secrecy of registers whose content is sealed to those who work on it."""


class FieldType(Enum):
    """What a field holds, and how it is stored in the record's JSON.

    Text kinds are strings; 整数 int; 小数 and 金额 decimal strings (金额 in 元, two places); 日期 and 时刻
    ISO 8601 strings; 是否 bool; 选项 str; 多选 list of str; 人员 and 部门 the primary key as int, 多人 and
    多部门 lists of them; 附件 and 照片 lists of evidence digests (SHA-256, hexadecimal); 案件 and 记录
    primary keys as int.
    """

    TEXT = "文本"
    LONG = "长文本"
    INTEGER = "整数"
    DECIMAL = "小数"
    MONEY = "金额"
    DAY = "日期"
    MOMENT = "时刻"
    FLAG = "是否"
    CHOICE = "选项"
    CHOICES = "多选"
    PERSON = "人员"
    PEOPLE = "多人"
    UNIT = "部门"
    UNITS = "多部门"
    FILES = "附件"
    PHOTOS = "照片"
    CASE = "案件"
    RECORD = "记录"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a record holds.

    ``options`` lists what 选项 and 多选 allow (from the file, or from the dictionary ``of``); for 记录 ``of``
    is the id of the register pointed to. ``seen_by`` narrows who sees the field;
    empty: whoever sees the record.
    """

    key: str
    label: str
    type: FieldType
    options: tuple[str, ...] = ()
    of: str = ""
    help: str = ""
    unit: str = ""
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a record stands. Reaching a final state ends every clock but those the act itself starts (a
    look-back); only an act that names it leaves it again."""

    key: str
    label: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must hold before an act: a condition over the record's fields and what surrounds it.

    ``holds`` is given every field of the record by label (after the act's own entries) and the counts of
    ``matters.COUNTS``, 状态, 今天 and 登记日期 as conditions compare them (``values.for_conditions``); it
    raises ``MissingFieldError`` where it needs a field that is empty. ``says`` is the refusal in the court's
    words, ``needs`` the names the condition certainly looks at.
    """

    text: str
    says: str
    holds: Callable[[Mapping[str, object]], bool] = field(compare=False)
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A record that an act opens by itself in another register, linked to the one it comes from.

    ``values`` maps the label of a field there to a text with ``{字段}`` blanks, or to the bare label of a
    field here whose value is copied. ``each`` names a field here with several values (多人, 多部门, 多选):
    one record for each of them, which ``{每个}`` stands for; ``{今天}`` is the day of the act. With ``holds``
    it is opened only where this condition (as ``Requirement.holds``) holds; over an empty field it does not.
    """

    register: str
    values: Mapping[str, str] = field(default_factory=dict)
    each: str = ""
    link: str = ""
    when: str = ""
    holds: Callable[[Mapping[str, object]], bool] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person may do to a record.

    ``moves`` lists (states it is done in, state after); an empty state after keeps the state. ``by`` and
    ``never_by`` are capacities (see ``matters.Who``). ``fill`` must have a value after the act, ``may_fill``
    are offered. ``approval`` is the id of an approval that must agree before the act takes effect;
    ``expires`` the label of a limit: on the day after its last day the clock process does the act.
    """

    key: str
    label: str
    by: tuple[str, ...]
    moves: tuple[tuple[tuple[str, ...], str], ...]
    fill: tuple[str, ...] = ()
    may_fill: tuple[str, ...] = ()
    never_by: tuple[str, ...] = ()
    needs: tuple[Requirement, ...] = ()
    opens: tuple[Opening, ...] = ()
    approval: str = ""
    about: str = ""
    expires: str = ""

    @property
    def opens_record(self) -> bool:
        """Whether this is an act that makes a new record."""
        return any(NEW in sources for sources, _ in self.moves)


@dataclass(frozen=True, slots=True)
class RecordClock:
    """A limit on records: from an act until another.

    Exactly one of ``within`` (counted from the day of the starting act) and ``until`` (the label of a 日期
    field that holds the last day) is given. Every starting act starts it anew; ``rungs`` tell capacities.
    """

    label: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    within: Duration | None = None
    until: str = ""
    rungs: tuple[Rung, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """How the public comes in: ``about`` is what is said above the form, ``shown`` the labels of the fields
    that whoever holds the receipt reads of the own record. Where ``case`` names a field (案件), the receipt
    also opens that case to its party, as long as ``when`` (a state, or a condition) holds."""

    about: str
    shown: tuple[str, ...]
    case: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class PartySight:
    """What a party of a case, known by a query code, reads: ``shown`` of every record that names the case in
    the field ``case``, once ``when`` (a state, or a condition) is reached."""

    case: str
    when: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a new record counts as the return of an old one: the same ``same`` fields within ``within``."""

    same: tuple[str, ...]
    within: Duration


@dataclass(frozen=True, slots=True)
class Register:
    """One version of a register.

    ``number`` is the pattern of record numbers (``整改-{年}-{序号:4}``). ``title``, ``holder`` and ``unit``
    name the fields shown as the record's title, its owner (人员) and its department (部门). ``under`` is the
    id of the register whose records stand above these. ``subject`` is the field (人员) that names whom a
    record is about, who sees ``subject_sees`` of it. ``seen_by`` are the capacities that see the records;
    ``secrecy`` is 公开 (everybody in the court), 内部 (also whoever acts on it and their line of command) or
    保密 (only ``seen_by``, the holder and the subject) or 密封 (a lead: sealed content, only who works on it;
    no record of the common table). ``keeps`` is how long personal content is kept after
    the record is over. Once ``public_when`` is reached ``public_fields`` stand on the public pages.
    """

    id: str
    label: str
    owner: str
    since: date
    number: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    acts: tuple[Act, ...]
    clocks: tuple[RecordClock, ...] = ()
    title: str = ""
    holder: str = ""
    unit: str = ""
    under: str = ""
    links: tuple[str, ...] = ()
    recurs: Recurrence | None = None
    secrecy: str = "内部"
    seen_by: tuple[str, ...] = ()
    subject: str = ""
    subject_sees: tuple[str, ...] = ()
    keeps: Duration | None = None
    prints: tuple[str, ...] = ()
    public_when: str = ""
    public_fields: tuple[str, ...] = ()
    window: Window | None = None
    party: PartySight | None = None
    calendar: str = "calendar.cn"
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    @property
    def kind(self) -> str:
        """The machinery that moves its records: ledger, filing, activity, approval or meeting."""
        return self.id.partition(".")[0]

    def field(self, label: str) -> Field:
        """The field of this label. Raises KeyError."""
        for one in self.fields:
            if one.label == label:
                return one
        raise KeyError(label)

    def act(self, label: str) -> Act:
        """The act of this label. Raises KeyError."""
        for one in self.acts:
            if one.label == label:
                return one
        raise KeyError(label)

    def is_final(self, state: str) -> bool:
        """Whether a record in this state is over."""
        return any(one.final for one in self.states if one.label == state)
