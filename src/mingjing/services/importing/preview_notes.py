"""What whoever confirms an import should know besides the counts: limits that cannot be computed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from mingjing.definitions.registry import Registry
from mingjing.domain.deadlines.computing import applies_to
from mingjing.domain.deadlines.rules import Deadline, Fact
from mingjing.imports.mapping import Mapping
from mingjing.imports.rows import EventRow
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS
from mingjing.services.facts import plain_facts
from mingjing.services.importing.comparing import Difference
from mingjing.services.importing.held import HeldCase
from mingjing.services.importing.identity import Directory
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court

Verdict = tuple[str, ...]
NO_RULE: Verdict = ("",)
LISTED = 12
WILL_MAKE, MADE = "确认后将新建", "已新建"


@dataclass(slots=True)
class PreviewNotes:
    """Looks at every accepted row on its way; ``lines`` are the notes once the walk has ended."""

    court: Court
    definitions: Registry
    mapping: Mapping
    on: date
    missing: Counter[tuple[str, str, Verdict]] = field(default_factory=Counter)
    without_kind: int = 0
    unfiled: int = 0
    custody_unsaid: int = 0
    elsewhere: int = 0
    future: int = 0
    unapproved: int = 0
    other_day: int = 0
    offsets: set[str] = field(default_factory=set)
    _verdicts: dict[tuple[object, ...], Verdict] = field(default_factory=dict)
    _rules: dict[str, tuple[tuple[Deadline, ...], tuple[str, ...]]] = field(default_factory=dict)
    _kinds: dict[str, tuple[bool, bool] | None] = field(default_factory=dict)

    def look(self, item: Difference) -> None:
        """Take one accepted row into account."""
        case = item.case
        if self.court.number_grammar != "案号":
            self.unfiled += bool(case.kind) and case.filed_on is None
            return
        self.elsewhere += f"）{self.court.code}" not in case.number and "字第" not in case.number
        self.future += any(day is not None and day > self.on for day in (case.filed_on, case.closed_on))
        if case.closed_on is not None:
            self.unapproved += item.effect != "未变" and case.closing_approved_on is None
            return
        known = self._kind(case.kind)
        if known is None:
            self.without_kind += 1
            return
        limited, criminal = known
        if limited:
            lacking = self._lacking(case)
            if lacking:
                self.missing[(case.kind, case.procedure if lacking == NO_RULE else "", lacking)] += 1
        self.custody_unsaid += criminal and "在押" not in self.mapping.columns

    def look_at_days(self, events: Iterable[EventRow]) -> None:
        """Count the events whose day in the mapping's zone is another than the one written in the file."""
        for event in events:
            if event.moment is not None and event.moment.date() != event.happened:
                self.other_day += 1
                self.offsets.add(event.moment.isoformat()[-6:])

    def _kind(self, kind: str) -> tuple[bool, bool] | None:
        """Whether cases of a kind have a limit, and are criminal; None where the kind is not known."""
        if kind not in self._kinds:
            kinds = self.definitions.dictionary("dictionary.case_kinds")
            row = kinds.row(kind) if kind in kinds else None
            self._kinds[kind] = (row["limit"] == "有", row["family"] == "刑事") if row else None
        return self._kinds[kind]

    def _lacking(self, case: HeldCase) -> Verdict:
        """The facts without which no limit can be chosen or started; empty when nothing lacks."""
        facts = plain_facts(cast(Case, case))  # it reads the columns, which both have
        rules, named = self._rules_of(case.kind)
        key = (case.kind, *(_seen(facts.get(name)) for name in named))
        if key not in self._verdicts:
            self._verdicts[key] = _lacking_of(rules, facts)
        return self._verdicts[key]

    def _rules_of(self, kind: str) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
        """The rules of a kind of case, and the facts they read."""
        if kind not in self._rules:
            rules = tuple(
                rule
                for rule in self.definitions.deadlines()
                if rule.clock in TRIAL_LIMIT_SLOTS and kind in rule.applies.get("案件类型", (kind,))
            )
            named = {name for rule in rules for name in (*rule.applies, rule.counting.starts)}
            self._rules[kind] = (rules, tuple(sorted(named)))
        return self._rules[kind]

    def lines(
        self,
        directory: Directory,
        *,
        totals: int,
        blanks: int,
        printed: int,
        chained: int,
        unread: tuple[str, ...],
    ) -> list[str]:
        """The notes as sentences, the ones that need an answer first."""
        said = [_missing_said(*key, count) for key, count in self.missing.most_common(LISTED)]
        counted = (
            (self.without_kind, "{} 件看不出案件类型，算不出审限：请补“案件类型”一列。"),
            (
                self.unfiled,
                "{} 件没有立案日期，流程和期限都不算：请在列对应里写“立案日期”，"
                "或者把收件那个事项对应为“立案”（values）。",
            ),
            (
                self.custody_unsaid,
                "{} 件刑事案件没有“在押”一列，按不在押算，届满遇休假日会顺延；在押的请补这一列再导入。",
            ),
            (self.elsewhere, f"{{}} 件案号里的法院代字不是本院的“{self.court.code}”，请核对是否选对了法院。"),
            (
                self.unapproved,
                "{} 件有结案日期、没有结案审批日期：写入以后算已结案，并以“未经批准结案”列入每周录入核查。",
            ),
            (self.future, "{} 件的立案或结案日期在今天之后，请核对。"),
            (chained, "{} 件的前案不在库里，也不在文件里，先只记下案号；前案入库后再导入一次即可接上。"),
        )  # fmt: skip
        said += [words.format(count) for count, words in counted if count]
        if self.other_day:
            said.append(
                f"{self.other_day} 个事项的时间带着时区（{'、'.join(sorted(self.offsets)[:4])}），"
                f"按 {self.mapping.zone} 取日子，与文件上写的不是同一天。日志是别处当地的，"
                "请在列对应里改 zone，新建法院用 --zone。"
            )
        if unread:
            more = f" 等 {len(unread)} 项" if len(unread) > LISTED else ""
            said.append(f"文件里有、没有导入：{'、'.join(unread[:LISTED])}{more}。要用的请写进列对应。")
        said += newcomers(directory, WILL_MAKE)
        if totals or blanks:
            said.append(f"跳过合计行 {totals} 行、空行 {blanks} 行，不计入读到行数")
        if printed:
            said.append(f"跳过表下说明和重复的表头 {printed} 行，不计入读到行数")
        return said


def newcomers(directory: Directory, words: str) -> list[str]:
    """Departments and people the file names that are not there yet; once written, those that were made."""
    return [
        f"{words}{what} {len(names)} 个：{'、'.join([*names][:LISTED])}{' 等' if len(names) > LISTED else ''}"
        for what, names in (("部门", directory.new_departments), ("人员", directory.new_people))
        if names
    ]


def _seen(fact: Fact | None) -> object:
    """What of a fact matters to choosing a rule: words as they are, days only as being there."""
    return isinstance(fact, date) or fact


def _lacking_of(rules: tuple[Deadline, ...], facts: dict[str, Fact]) -> Verdict:
    fitting = [rule for rule in rules if applies_to(rule.applies, facts)]
    if any(rule.counting.starts in facts for rule in fitting):
        return ()
    if fitting:
        return (fitting[0].counting.starts,)
    possible = []
    for rule in rules:
        present = {name: words for name, words in rule.applies.items() if name in facts}
        if applies_to(present, facts):
            possible.append(tuple(name for name in rule.applies if name not in facts))
    # Few facts before many, and of those the one most rules ask for (审理程序 before 涉外).
    asked = Counter(name for names in possible for name in names)
    return min(possible, key=lambda names: (len(names), -sum(asked[n] for n in names)), default=NO_RULE)


def _missing_said(kind: str, procedure: str, lacking: Verdict, count: int) -> str:
    if lacking == NO_RULE:
        what = f"{kind}（{procedure}）" if procedure else kind
        return f"{count} 件{what}没有对应的审限规定，请核对“审理程序”。"
    return f"{count} 件{kind}算不出审限：缺{'、'.join(f'“{name}”' for name in lacking)}。"
