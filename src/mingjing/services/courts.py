"""Courts as an operator enters them; a source of a log is a court too, with its own numbers and time zone."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from mingjing.definitions.registry import Registry
from mingjing.domain.casenumbers.grammar import read_court_code
from mingjing.domain.casenumbers.vocabulary import Vocabulary, level_of
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import Machine, act
from mingjing.services.demands import filled
from mingjing.services.installation import court_folders, registry
from mingjing.storage.people.models import Court

GRAMMARS = ("案号", "自由")


class UnknownCourt(Refusal):
    """No court of that code."""

    code = "unknown-court"


def court_of(code: str) -> Court:
    """The court with this code.

    Raises
    ------
    UnknownCourt   none; names those there are
    """
    court = Court.objects.select_related("parent").filter(code=code).first()
    if court is None:
        known = list(Court.objects.values_list("code", flat=True)[:20])
        raise UnknownCourt(f"没有代字为“{code}”的法院。", allowed=known, example="--new-court 名称")
    return court


def numbering(known: Registry) -> Vocabulary:
    """What case numbers are made of here: the published table, and the courts entered that it does not have.

    A court set up since the table was published would otherwise have every one of its numbers refused.
    """
    table = known.vocabulary()
    entered = Court.objects.filter(number_grammar="案号").values_list("code", "name")
    new = {code: name for code, name in entered if code not in table.courts}
    return replace(table, courts={**table.courts, **new}) if new else table


def numbered_code(code: str, *, example: str = "云0102") -> str:
    """``code`` as a case number carries it; a court whose cases nobody could number is not made.

    Raises
    ------
    Unreadable   the code is none
    """
    return read_court_code(code, registry().vocabulary(), example=example)


def enter_court(
    by: Machine,
    *,
    code: str,
    name: str,
    free_numbers: bool = False,
    time_zone: str = "Asia/Shanghai",
    parent: str = "",
    folder: str = "",
) -> Court:
    """A new court; entering the same again returns what is there.

    ``folder`` names the folder of its own definitions, beside the nationwide ones.

    Raises
    ------
    UnknownCourt   no such superior court
    Unreadable     its cases are numbered by the grammar, and no number could carry the code
    WrongEntry     no code or no name
    Refusal        the zone or the folder does not exist, or the code belongs to a court of another name
    """
    code = filled(code, "法院代字", example="云0102", longest=40)
    name = filled(name, "法院名称", example="清河区人民法院", longest=100)
    there = Court.objects.filter(code=code).first()
    if there is None and not free_numbers:
        code = numbered_code(code, example="--court 云0102；日志的来源不按案号编号，另加 --free-numbers")
        there = Court.objects.filter(code=code).first()
    if there is not None:
        if there.name != name:
            raise Refusal(f"代字“{code}”已经是“{there.name}”。", example=f"--court {code}")
        return there
    try:
        ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):
        raise Refusal(f"没有时区“{time_zone}”。", example="Asia/Shanghai") from None
    folders = tuple(path.name for path in court_folders())
    if folder and folder not in folders:
        raise Refusal(f"制度文件目录里没有“{folder}”这个文件夹。", allowed=folders, example="--folder demo")
    above = court_of(parent) if parent else None
    with act(by, "录入法院", needs="", subject_kind="法院", subject_id=code) as record:
        court = Court.objects.create(
            code=code,
            name=name,
            short_name=name[:40],
            level="基层" if free_numbers else level_of(code).label,
            parent=above,
            time_zone=time_zone,
            number_grammar="自由" if free_numbers else "案号",
            folder=folder,
        )
        record.court = court
        record.payload = {"名称": name, "编号规则": court.number_grammar, "时区": time_zone}
    return court
