"""Registers of a court of its own, people who act on them, and short words for the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.parties import REPEATED, repeated
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Evidence, Record, RecordParty
from tests.services.builders import DAY, House, acting, hire

HERE = Path(__file__).parent
MENDING, STEP, CHECK, CLUE = "ledger.mending", "ledger.step", "ledger.check", "ledger.clue"


@dataclass(frozen=True, slots=True)
class Bench:
    """The house with its inspectors: 纪明 inspects, 安宁 heads the inspection office."""

    house: House
    inspector: Person
    chief: Person


def build_bench(house: House) -> Bench:
    """The inspectors, and the court reading its own folder of definitions."""
    house.court.folder = "lan"
    house.court.save()
    return Bench(
        house,
        inspector=hire(house.court, "纪明", "督察员", house.office),
        chief=hire(house.court, "安宁", "督察室主任", house.office),
    )


def institutions_over(folder: Path) -> Path:
    """A folder of definitions with the nationwide ones and those of the court ``lan``."""
    root = HERE.parents[2] / "institutions"
    (folder / "cn").symlink_to(root / "cn", target_is_directory=True)
    (folder / "lan").symlink_to(HERE / "institutions" / "lan", target_is_directory=True)
    return folder


def registered(bench: Bench, *, on: date = DAY, **values: Any) -> Record:
    """A problem for the first civil division, registered by the inspector."""
    given = {"问题描述": "卷宗超期未归档", "问题来源": "案件评查", "责任部门": bench.house.first_civil.pk}
    return open_record(acting(bench.inspector, on), MENDING, "登记", {**given, **values})


def accepted(bench: Bench, record: Record, *, on: date = DAY, by: Person | None = None) -> Record:
    """Taken over by the judge, or by somebody else."""
    values = {"责任人": (by or bench.house.judge).pk, "整改措施": "逐卷清理"}
    return do(acting(by or bench.house.judge, on), record.pk, "认领", values)


def file_of(text: str) -> Evidence:
    """A piece of evidence that was received before, by its content."""
    digest = sha256(text.encode()).hexdigest()
    return Evidence.objects.get_or_create(
        digest=digest,
        defaults={
            "size": len(text),
            "media_type": "application/pdf",
            "stored": f"evidence/{digest}",
            "received_at": moment(2024, 4, 1),
        },
    )[0]


def moment(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment in the court's zone."""
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def submitted(bench: Bench, record: Record, *, on: date = DAY, proof: str = "清单") -> Record:
    """Handed in by the judge with a piece of evidence."""
    files = [("整改佐证", file_of(proof), f"{proof}.pdf")]
    return do(acting(bench.house.judge, on), record.pk, "报验", {}, files=files)


def fresh(record: Record) -> Record:
    """The record as it is stored."""
    return Record.objects.get(pk=record.pk)


def strays() -> list[RecordParty]:
    """The parts that do not repeat what their record says."""
    rows = RecordParty.objects.select_related("record")
    return [row for row in rows if repeated(row.record) != tuple(getattr(row, name) for name in REPEATED)]
