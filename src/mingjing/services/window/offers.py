"""What the window offers: the registers with a ``window``, and the questions of their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingjing.domain.ledgers.matters import Who, WrongValue
from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, Register
from mingjing.domain.ledgers.stepping import acts_from
from mingjing.domain.ledgers.values import read_text
from mingjing.services.installation import today
from mingjing.services.numbers_set import number_set
from mingjing.services.permissions import NotVisible
from mingjing.services.records.versions import registers_on
from mingjing.services.records.words import PUBLIC
from mingjing.storage.people.models import Court

SOMEBODY = Who(0, "公众", frozenset({PUBLIC}))
FILES = (FieldType.FILES, FieldType.PHOTOS)
SETTINGS = "dictionary.window_settings"
_UNREADABLE = {code: None for code in (*range(32), 127) if code not in (9, 10)}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: ``kind`` is the field's type in the court's word, ``name`` its short key."""

    name: str
    label: str
    kind: str
    required: bool
    help: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An act of the public: its label, what is said above it, what it asks."""

    act: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A service of the window: the register, and the form that opens a record of it."""

    service: str
    label: str
    about: str
    owner: str
    form: Form


def offers(court: Court) -> tuple[Offer, ...]:
    """Every service of a court, in the order of the definitions."""
    return tuple(_offer(one) for one in registers_on(court, today(court)) if is_offered(one))


def offer_of(court: Court, service: str) -> Offer:
    """One service. Raises NotVisible where the court has no such window."""
    return _offer(offered(court, service))


def offered(court: Court, service: str) -> Register:
    """The register of a service, in force today. Raises NotVisible."""
    for one in registers_on(court, today(court)):
        if one.id == service and is_offered(one):
            return one
    raise NotVisible


def is_offered(register: Register) -> bool:
    """Whether the public may open a record of a register."""
    return register.window is not None and register.kind == "ledger"


def forms_in(register: Register, state: str) -> tuple[Form, ...]:
    """What the public may do to a record in a state: only acts that name 公众, never those of 任何人."""
    return tuple(form_of(register, act) for act in acts_from(register, state) if PUBLIC in act.by)


def form_of(register: Register, act: Act) -> Form:
    """The form of an act."""
    asked = [(label, True) for label in act.fill] + [(label, False) for label in act.may_fill]
    questions = tuple(_question(register.field(label), required) for label, required in asked)
    return Form(act.label, act.about, questions)


def opening_act(register: Register) -> Act:
    """The act by which the public opens a record."""
    return next(one for one in acts_from(register, NEW) if PUBLIC in one.by)


def read_answers(form: Form, register: Register, said: Mapping[str, Iterable[str]]) -> dict[str, object]:
    """What was filled in, by label in the storage form of its type; ``said`` maps names to texts.

    Raises
    ------
    WrongValue   a field that holds one value was given several
    """
    found: dict[str, object] = {}
    for question in form.questions:
        field = register.field(question.label)
        texts = [clean(one) for one in said.get(question.name, ())]
        texts = [one for one in texts if one]
        if field.type in FILES or not texts:
            continue
        if field.type is FieldType.CHOICES:
            found[field.label] = list(dict.fromkeys(texts))
        elif len(texts) > 1:
            raise WrongValue(f"“{field.label}”只能填一个。")
        else:
            found[field.label] = read_text(field, texts[0], lambda name: 0)
    return found


def clean(text: str) -> str:
    """A text of the public without what no page shows and no database keeps."""
    return text.replace("\r\n", "\n").translate(_UNREADABLE).strip()


def _offer(register: Register) -> Offer:
    assert register.window is not None
    form = form_of(register, opening_act(register))
    return Offer(register.id, register.label, register.window.about, register.owner, form)


def _question(field: Field, required: bool) -> Question:
    return Question(field.key, field.label, field.type.value, required, field.help, field.unit, field.options)


def setting(court: Court, name: str) -> int:
    """A number of ``dictionary.window_settings``.

    Raises
    ------
    Refusal   no such setting, or its value is not a whole number
    """
    return number_set(SETTINGS, name, court)
