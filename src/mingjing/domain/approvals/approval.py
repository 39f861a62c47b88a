"""The shape of an approval: who applies, which posts decide in which order, what they may hand on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Rung
from mingjing.domain.ledgers.register import Act, Register, Requirement

SUBMIT, WITHDRAW, AGREE, REJECT = "提交", "撤回", "同意", "驳回"
TRANSFER, LEND, REPLY, RECALL = "转办", "委派", "回复委派", "收回委派"
ADD, REMOVE, COPY, URGE, REVIEW = "加签", "减签", "抄送", "催办", "核对人员"
BUILT_IN_ACTS = (
    SUBMIT,
    AGREE,
    REJECT,
    TRANSFER,
    LEND,
    REPLY,
    RECALL,
    ADD,
    REMOVE,
    COPY,
    URGE,
    WITHDRAW,
    REVIEW,
)
"""The acts every approval has, in the order pages offer them."""

RUNNING, RETURNED, AGREED, DECLINED, WITHDRAWN = "审批中", "已退回", "已同意", "不同意", "已撤回"
"""The states of the chain; an approval's own states follow 已同意."""

WHOM, SEVERAL, WHERE, PLACE, TOGETHER, ADDED = "交给", "哪些人", "退回到", "加在", "怎样算", "减去"
"""What acts ask for besides fields, entered in ``Deed.target``: a person, people (both given to the chain as
``people``, a list of [key, name]), a word of ``Back`` or the label of a step behind, a word of ``Origin``, a
word of ``Mode``, names of people added."""

OPEN_STATES = (RUNNING, RETURNED)
"""States in which an approval is still open for whatever waits on it."""


class Mode(Enum):
    """How several people decide one step: the first decides, all must agree, all must agree in turn."""

    ANY = "或签"
    ALL = "会签"
    TURN = "依次"


class Back(Enum):
    """Where a rejection may send the approval: the step before, any step before, whoever applied, or nowhere
    (it ends as 不同意)."""

    BEFORE = "上一步"
    ANY = "任一步"
    APPLICANT = "发起人"
    END = "终止"


class Resume(Enum):
    """Where an approval goes on after it was sent back: through every step again from there, or at once to
    the step that sent it back."""

    AFRESH = "从头"
    THERE = "驳回处"


class Handing(Enum):
    """What whoever decides a step may do besides deciding."""

    ADD = "加签"
    REMOVE = "减签"
    TRANSFER = "转办"
    LEND = "委派"


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step of the chain.

    ``by`` are the capacities that decide it; where nobody of them may (the post is vacant, its holder applied
    or has decided another step), the first of ``instead`` that somebody holds who may. ``when`` is the
    condition under which the step is required, none: always. ``within`` counts from the day the step is
    reached. ``fill`` must have a value once the step agrees, ``may_fill`` is offered, ``needs`` must hold
    then. ``in_bulk``: may be agreed to in a list.
    """

    label: str
    by: tuple[str, ...]
    instead: tuple[str, ...] = ()
    mode: Mode = Mode.ANY
    when: Requirement | None = None
    within: Duration | None = None
    rungs: tuple[Rung, ...] = ()
    may: frozenset[Handing] = frozenset()
    fill: tuple[str, ...] = ()
    may_fill: tuple[str, ...] = ()
    needs: tuple[Requirement, ...] = ()
    in_bulk: bool = False
    about: str = ""

    @property
    def ranks(self) -> tuple[tuple[str, ...], ...]:
        """The capacities in order of precedence: ``by`` together, then each of ``instead``."""
        return (self.by, *((word,) for word in self.instead))

    @property
    def words(self) -> tuple[str, ...]:
        """Every capacity the step asks about."""
        return (*self.by, *self.instead)


@dataclass(frozen=True, slots=True)
class Approval:
    """One version of an approval.

    ``by`` are the capacities that may apply. ``distinct``: nobody decides two steps; whoever applied, and
    whom the record is about, decides none in any case. ``needs`` must hold when it is submitted.
    ``copies_to`` are told when it is agreed; ``gives`` says what agreement gives.
    """

    register: Register
    by: tuple[str, ...]
    steps: tuple[ApprovalStep, ...]
    distinct: bool = True
    returns_to: tuple[Back, ...] = (Back.BEFORE, Back.APPLICANT)
    resumes: Resume = Resume.AFRESH
    copies_to: tuple[str, ...] = ()
    gives: str = ""
    needs: tuple[Requirement, ...] = ()

    def step(self, label: str) -> ApprovalStep:
        """The step of this label. Raises KeyError."""
        for one in self.steps:
            if one.label == label:
                return one
        raise KeyError(label)

    @property
    def own_acts(self) -> tuple[Act, ...]:
        """What may be done once it is agreed, as the definition says."""
        return tuple(act for act in self.register.acts if act.label not in BUILT_IN_ACTS)

    @property
    def submission(self) -> Act:
        """The act that applies, with what it must fill."""
        return self.register.act(SUBMIT)


def reached(label: str) -> str:
    """The mark an act leaves when a step begins; the step's clock starts at it."""
    return f"到达“{label}”"


def left(label: str) -> str:
    """The mark an act leaves when a step ends, agreed or not; the step's clock stops at it."""
    return f"离开“{label}”"


def is_mark(text: str) -> bool:
    """Whether a mark of an act only says that a step began or ended."""
    return text.startswith(("到达“", "离开“"))
