"""A published draw and the proof of its filing day: by the verifier and by the page alone, bit by bit."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from mingjing.domain.auditlog.entries import canonical_payload
from mingjing.services.draws.deviations import ask_for_redraw, decide
from mingjing.services.draws.drawing import draw_day
from mingjing.services.draws.taking import take_day
from mingjing.services.proving.bundles import bundle_of_day
from mingjing.storage.assignment.models import FilingDay
from mingjing.storage.published.models import PublishedDraw
from tests.docs.pages import DOCS, fences
from tests.services.builders import acting
from tests.services.conftest import SetMoment
from tests.services.draws.conftest import VALUES, Hall
from tests.verifier.tool import verify

PAGE = DOCS / "explanation" / "自己再抽一遍.md"
Days = list[tuple[bytes, list[dict[str, Any]]]]
"""Of each filing day the bundle, and the files of its draws."""


@pytest.fixture
def names() -> dict[str, Any]:
    """The two programs of the page; they import nothing of this product."""
    [one] = [fence.body for fence in fences(PAGE) if fence.rest == "自己再抽"]
    [two] = [fence.body for fence in fences(PAGE) if fence.rest == "与日志核对"]
    found: dict[str, Any] = {}
    exec(compile(one + two, str(PAGE), "exec"), found)
    return found


def finished(hall: Hall, day: FilingDay) -> tuple[bytes, list[dict[str, Any]]]:
    """The bundle of a day that is drawn here, and its files."""
    draw_day(acting(hall.filing), day.pk)
    numbers = day.draws.values_list("number", flat=True)
    files = [json.loads(one.file) for one in PublishedDraw.objects.filter(number__in=numbers)]
    return bundle_of_day(acting(hall.filing), day.pk)[1], files


def whole(hall: Hall, *cases: Any) -> FilingDay:
    """A day on which every department promised and revealed."""
    day = hall.locked(*cases)
    hall.promise(day)
    hall.reveal(day)
    return day


def many_days(hall: Hall, moment: SetMoment) -> Days:
    """A batch with a panel, a department that stays silent, a redraw after a recusal."""
    simple = hall.case()
    day = whole(hall, simple, hall.case(procedure="普通程序"), hall.case())
    found = [finished(hall, day)]
    take_day(acting(hall.filing), day.pk)
    drawn = day.draws.get(case=simple)
    person = drawn.people[drawn.drawn[0]]
    asked = ask_for_redraw(acting(hall.filing), drawn.pk, reason="亲属关系", person_id=person)
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    found.append(finished(hall, whole(hall, simple)))
    silent = hall.one_silent(hall.case(), moment)
    hall.promise(silent, "立案庭", "督察室")  # the rule begins again without whoever stayed silent
    hall.reveal(silent, "立案庭", "督察室")
    found.append(finished(hall, silent))
    return found


def says(file: dict[str, Any], bundle: bytes) -> list[str]:
    """What the verifier says of a file with its bundle; it raises where something does not hold."""
    said: list[str] = []
    verify.check_draw(file, said.append)
    verify.check_draw_in_log(file, verify.unpack(bundle), [], said.append)
    return said


def proof(bundle: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as box:
        found: dict[str, Any] = json.loads(box.read("proof.json"))
    return found


def again(file: dict[str, Any]) -> dict[str, Any]:
    """The file of a forger who knows how its digest is made."""
    return {**file, "digest": hashlib.sha256(canonical_payload({**file, "digest": None})).hexdigest()}


def test_every_draw_of_every_kind_of_day_holds_for_both(
    hall: Hall, moment: SetMoment, names: dict[str, Any]
) -> None:
    days = many_days(hall, moment)
    assert len(days[0][1]) > len({one["pool"]["case"] for one in days[0][1]}) == 3
    assert any(one["pool"]["seats"] > 1 for _, files in days for one in files)
    assert any(one["pool"]["turn"] > 1 for _, files in days for one in files)
    assert any("部门未揭示" in one["flags"] for _, files in days for one in files)
    for bundle, files in days:
        for file in files:
            assert "与文件逐项一致" in says(file, bundle)[-1]
            assert names["again"](file) == file["drawn"]
            assert names["held"](file, proof(bundle))


def test_the_proof_of_another_day_is_refused(hall: Hall, moment: SetMoment, names: dict[str, Any]) -> None:
    (first, files), (second, _), _ = many_days(hall, moment)
    assert says(files[0], first)
    with pytest.raises(verify.Wrong, match="立案日"):
        says(files[0], second)
    with pytest.raises(AssertionError):
        names["held"](files[0], proof(second))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"number": "003-20240401-1001"}, "名单"),
        ({"court": "别的法院"}, "文件摘要"),
        ({"flags": ["只有一个结果"]}, "文件摘要"),
        ({"drawn_at": "2024-03-31T01:00:00.000000Z"}, "文件摘要"),
        ({"locked": {"entry": 0, "at": "2024-03-31T01:00:00.000000Z"}}, "锁定名单"),
    ],
)
def test_a_forger_who_makes_the_digest_anew_is_refused_by_the_log(
    hall: Hall, names: dict[str, Any], change: dict[str, Any], what: str
) -> None:
    bundle, [file] = finished(hall, whole(hall, hall.case()))
    forged = again({**file, **change})
    verify.check_draw(forged, str)
    with pytest.raises(verify.Wrong, match=what):
        says(forged, bundle)
    with pytest.raises((AssertionError, KeyError)):
        names["held"](forged, proof(bundle))


def test_no_single_bit_of_a_published_file_can_be_flipped(hall: Hall, names: dict[str, Any]) -> None:
    finished(hall, whole(hall, hall.case()))
    raw = PublishedDraw.objects.get().file.encode()
    chance = random.Random(7)
    for place in range(len(raw)):
        for bit in chance.sample(range(8), 3):
            bent = bytearray(raw)
            bent[place] ^= 1 << bit
            assert not _accepted(bytes(bent), verify.check_draw), (place, bit)


def _accepted(raw: bytes, check: Callable[[dict[str, Any], Callable[[str], object]], None]) -> bool:
    try:
        check(verify.load(raw), str)
    except (verify.Wrong, *verify.BROKEN):
        return False
    return True


def test_a_log_that_tells_the_steps_in_another_order_is_refused(hall: Hall) -> None:
    bundle, [file] = finished(hall, whole(hall, hall.case()))
    told = proof(bundle)
    seqs = [
        one["entry"]["seq"] for one in told["entries"] if one["entry"]["verb"] in ("提交承诺", "揭示随机数")
    ]
    assert len(seqs) == 2 * len(VALUES)
    turned = copy.deepcopy(told)
    for one in turned["entries"]:
        if one["entry"]["seq"] in (seqs[0], seqs[-1]):
            one["entry"]["seq"] = seqs[-1] if one["entry"]["seq"] == seqs[0] else seqs[0]
    with pytest.MonkeyPatch.context() as patch:  # as if such entries had stood in the log
        patch.setattr(verify, "check_proof", lambda *_: None)
        verify.check_draw_in_log(file, told, [], str)
        with pytest.raises(verify.Wrong, match="次序"):
            verify.check_draw_in_log(file, turned, [], str)


def test_a_file_of_an_earlier_release_holds_without_a_digest(hall: Hall) -> None:
    bundle, [file] = finished(hall, whole(hall, hall.case()))
    old = {name: part for name, part in file.items() if name != "digest"} | {"format": "mingjing-draw-1"}
    verify.check_draw(old, str)
    with pytest.raises(verify.Wrong, match="文件摘要"):  # this day committed to one
        says(old, bundle)


def test_a_part_that_is_told_twice_is_refused() -> None:
    with pytest.raises(verify.Unreadable, match="写了两次"):
        verify.load(b'{"drawn": ["F01"], "drawn": ["F02"]}')
