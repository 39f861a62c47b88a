"""People who try anything on the records of a definition, and what must hold whatever they try."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from django.db import transaction

from mingjing.domain.ledgers.matters import COUNTS, Deed, Matter, Permitted, Who
from mingjing.domain.ledgers.register import NEW, Field, FieldType, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.installation import look_again
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do, options
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.opening import open_record, openings
from mingjing.services.records.versions import register_at, value_at, value_of
from mingjing.services.records.words import by_key
from mingjing.services.records.writing import File
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting, file_case
from tests.services.records.builders import Bench, file_of, fresh

ROOT = Path(__file__).parents[3] / "institutions"
KEPT_OUT = (Refusal, NotVisible, NotAllowed)


@contextmanager
def in_force(court: Court, folder: Path, texts: Sequence[str]) -> Iterator[None]:
    """The court has these definitions for a while; whatever is written meanwhile is undone."""
    own = Path(mkdtemp(dir=folder, prefix="any"))
    for place, text in enumerate(texts):
        (own / f"{place}.yaml").write_text(text, encoding="utf-8")
    look_again()
    try:
        with transaction.atomic():
            court.folder = own.name
            court.save()
            yield
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(own)


def own_folder(folder: Path) -> Path:
    """A folder of institutions with those nationwide ones in it that every register is read by: a whole
    court's would be read again, and asked about by every turn of the clock, for each example."""
    for part in ("calendar", "dictionary", "roles"):
        shutil.copytree(ROOT / "cn" / part, folder / "cn" / part)
    shutil.copy(ROOT / "cn" / "ledgers" / "resolutions.yaml", folder / "cn")
    return folder


@dataclass
class Town:
    """A court, its people, the dice, and how many attempts came to something."""

    bench: Bench
    dice: Random
    done: int = 0
    refused: int = 0
    people: tuple[Person, ...] = field(init=False)

    def __post_init__(self) -> None:
        house = self.bench.house
        self.people = (
            house.judge,
            house.stranger,
            house.clerk,
            house.head,
            house.president,
            house.leader,
            house.manager,
            house.enforcement_head,
            self.bench.inspector,
        )

    def somebody(self) -> Person:
        """Anybody of the court."""
        return self.dice.choice(self.people)

    def opened(self, register_id: str) -> list[Record]:
        """Records that a few people have opened, each trying what is open to them."""
        register = register_of(value_of(self.bench.house.court, register_id, DAY))
        made = []
        for person in self.dice.sample(self.people, 4):
            for offered in openings(acting(person), register_id)[:1]:
                values, files = self.filled(register, offered)
                before = Act.objects.count()
                try:
                    record = open_record(
                        acting(person),
                        register_id,
                        offered.act,
                        values,
                        files=files,
                        target=self.aimed(offered),
                    )
                except KEPT_OUT:
                    assert Act.objects.count() == before
                    continue
                assert Act.objects.count() == before + 1, "one entry for one record"
                made.append(record)
        return made

    def attempt(self, record: Record) -> bool:
        """Somebody tries something; whether it was done. What is not offered is not done, and a refusal
        leaves nothing behind."""
        record, person = fresh(record), self.somebody()
        register, actor = register_at(record), acting(person)
        offered = {one.act: one for one in options(actor, record) if not one.refusal}
        likely = offered and self.dice.random() < 0.75
        label = self.dice.choice([*offered] if likely else [one.label for one in register.acts])
        act = next((one for one in register.acts if one.label == label), None)
        asked = offered.get(label) or Permitted(label, act.fill if act else (), act.may_fill if act else ())
        values, files = self.filled(register, asked)
        before, entries = _standing(record), Act.objects.count()
        try:
            do(actor, record.pk, label, values, target=self.aimed(asked), why="说明", files=files)
        except KEPT_OUT as refused:
            assert _standing(fresh(record)) == before, str(refused)
            assert Act.objects.count() == entries, "a refusal wrote an entry"
            self.refused += 1
            return False
        assert label in offered, f"{person.name}没有被提供“{label}”，却办成了"
        assert Act.objects.count() == entries + 1, "one entry for one act"
        self.done += 1
        return True

    def filled(self, register: Register, offered: Permitted) -> tuple[dict[str, object], list[File]]:
        """Something in the fields an act asks for, mostly; sometimes one is forgotten."""
        labels = [one for one in offered.fill if self.dice.random() < 0.95]
        labels += [one for one in offered.may_fill if self.dice.random() < 0.3]
        known = {one.label: one for one in register.fields}
        values, files = {}, []
        for label in labels:
            if known[label].type in (FieldType.FILES, FieldType.PHOTOS):
                files.append((label, file_of(str(self.dice.randrange(4))), "清单.pdf"))
            else:
                values[label] = self.value(known[label])
        return values, files

    def value(self, field: Field) -> object:
        """Anything of the field's type."""
        dice, house = self.dice, self.bench.house
        units = [house.first_civil.pk, house.second_civil.pk, house.enforcement.pk, house.office.pk]
        day = DAY + timedelta(days=dice.randrange(-3, 20))
        made: dict[FieldType, object] = {
            FieldType.INTEGER: dice.randrange(0, 4),
            FieldType.DECIMAL: f"{dice.randrange(100)}.5",
            FieldType.MONEY: f"{dice.choice((1, 99, 100, 20000))}.00",
            FieldType.DAY: day.isoformat(),
            FieldType.MOMENT: f"{day.isoformat()}T09:30",
            FieldType.FLAG: dice.random() < 0.5,
            FieldType.CHOICE: dice.choice(field.options or ("甲",)),
            FieldType.CHOICES: list(field.options[: dice.randrange(1, 3)]),
            FieldType.PERSON: self.somebody().pk,
            FieldType.PEOPLE: [one.pk for one in dice.sample(self.people, 3)],
            FieldType.UNIT: dice.choice(units),
            FieldType.UNITS: dice.sample(units, 2),
            FieldType.CASE: self.case().pk if field.type is FieldType.CASE else None,
            FieldType.RECORD: self.another(field.of) if field.type is FieldType.RECORD else None,
        }
        return made.get(field.type, dice.choice(("卷宗超期", "没有签名", "超期")))

    def case(self) -> Case:
        """The one case there is, which some see and others do not."""
        return Case.objects.first() or file_case(self.bench.house)

    def another(self, register_id: str) -> int | None:
        """A record of a register, or none."""
        keys = list(
            Record.objects.filter(register=register_id).order_by("pk").values_list("pk", flat=True)[:5]
        )
        return self.dice.choice([*keys, None])

    def aimed(self, offered: Permitted) -> dict[str, object]:
        """An answer to whatever else an act asks: one of those offered, a person, a word."""
        plain: dict[str, object] = {
            "人员": [self.somebody().pk],
            "哪些人": [self.somebody().pk],
            "交给": self.somebody().pk,
            "议题": self.dice.choice(("学习文件", "用房", "用车")),
            "类别": self.dice.choice(("学习", "议事")),
            "准备": self.dice.choice(("征求意见", "充分酝酿")),
            "表决": self.dice.choice(("同意", "同意", "反对", "弃权")),
            "结果": self.dice.choice(("通过", "不通过")),
            "意见": "同意",
        }
        return {
            ask: self.dice.choice(offered.choices[ask]) if offered.choices.get(ask) else plain.get(ask, "")
            for ask in offered.asks
        }


def _standing(record: Record) -> tuple[object, ...]:
    """Everything of a record that an act may change."""
    clocks = tuple(record.clocks.order_by("pk").values_list("label", "turn", "due_on", "done_on", "colour"))
    return record.state, record.data, record.inner, record.margin, record.revision, record.due_on, clocks


def refolded(record: Record) -> tuple[str, Mapping[str, object], Mapping[str, object]]:
    """State, values and memory of a record out of its acts alone, each taken as done by whoever did it."""
    value, register = value_at(record), register_at(record)
    labels = {one.key: one.label for one in register.fields}
    zone = ZoneInfo(record.court.time_zone)
    matter = Matter(NEW, counts=dict.fromkeys(COUNTS, 9) | {"未结下级": 0, "未结关联": 0, "未结审批": 0})
    known = {act.label for act in register.acts}
    for row in record.acts.select_related("actor").order_by("turn"):
        if row.label not in known:
            assert (row.before, row.values) == (row.after, {}), "what waits changes nothing"
            continue
        name = row.actor.name if row.actor else "系统"
        who = Who(row.actor_id or 0, name, frozenset(), anything=True)
        entered = {labels[key]: held for key, held in row.values.items()}
        at = row.at.astimezone(zone).replace(tzinfo=None)
        stepped = step(value, matter, Deed(row.label, who, at, entered, row.target, row.why))
        matter = replace(
            matter, state=stepped.state, values=stepped.values, inner=stepped.inner, opened=record.opened_on
        )
    return matter.state, by_key(register, matter.values), matter.inner


def follows_from_its_acts(record: Record) -> None:
    """The acts hang together, and make the record where their content is kept."""
    record, before = fresh(record), NEW
    register = register_at(record)
    rows = list(record.acts.order_by("turn"))
    assert [row.turn for row in rows] == list(range(1, record.revision + 1))
    for row in rows:
        assert row.before == before
        before = row.after
    assert record.state == before
    assert record.state in {one.label for one in register.states}
    assert record.over is register.is_final(record.state)
    running = list(record.clocks.filter(done_on=None).order_by("pk"))
    assert len({row.label for row in running}) == len(running), "a limit runs once at a time"
    assert record.due_on == min((row.due_on for row in running if row.due_on), default=None)
    if register.keeps is None and register.secrecy != "保密":
        state, data, inner = refolded(record)
        assert (state, data) == (record.state, record.data)
        assert inner == record.inner
