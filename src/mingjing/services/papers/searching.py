"""类案及关联案件检索: decided cases like this one, other suits of its parties, the report filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mingjing.domain.leads.matching import Likeness, plain_name
from mingjing.services.actors import Actor
from mingjing.services.case_links import chain
from mingjing.services.permissions import require, seen_case
from mingjing.storage.cases.models import Case, CaseTag, Party
from mingjing.storage.papers.models import Paper
from mingjing.text.folding import fold
from mingjing.text.likeness import Corpus

SEARCH = "检索类案"
SHOWN, CANDIDATES, RELATED = 12, 400, 60
LEAST = 35
"""A case of fewer points is not shown."""
CAUSE, PROCEDURE, TAGS, TEXT = 45, 5, 15, 35
RECENT = 3
"""Decided within so many years stands first (法发〔2020〕24号)."""
PUBLIC = ("公诉机关",)


@dataclass(frozen=True, slots=True)
class Similar:
    """A decided case: its points of a hundred, what they are made of, whether it was decided lately."""

    case: Case
    points: int
    parts: tuple[str, ...]
    recent: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another suit of the same people: which names, how sure, and how the two are linked if they are."""

    case: Case
    names: tuple[str, ...]
    likeness: Likeness
    linked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search. ``compared`` is how many cases were looked at, ``texts`` how many of them
    with the words of their judgment."""

    case: Case
    query: str
    similar: tuple[Similar, ...]
    related: tuple[Related, ...]
    compared: int
    texts: int


def search(actor: Actor, case_id: int, words: str = "") -> Found:
    """Decided cases of the court like this one, and suits of its parties; ``words`` are added to the query.

    Raises
    ------
    NotAllowed   no role lists 检索类案
    NotVisible   the case is not seen
    """
    require(actor, SEARCH)
    case = seen_case(actor, case_id)
    tags = _tags([case.pk]).get(case.pk, frozenset())
    candidates = list(_candidates(case))
    texts = _texts([case.pk, *(one.pk for one in candidates)])
    own = f"{texts.pop(case.pk, '')}\n{words}".strip()
    found = _ranked(case, tags, candidates, texts if own else {}, own, actor.on)
    return Found(
        case, _query(case, tags, words, bool(own)), found, tuple(_related(case)), len(candidates), len(texts)
    )


def _query(case: Case, tags: Iterable[str], words: str, with_text: bool) -> str:
    """The search in words, as the report says it."""
    parts = [
        f"案由：{case.cause or '未填'}",
        f"案件类型：{case.kind or '未填'}",
        f"审理程序：{case.procedure or '未填'}",
    ]
    parts += [f"标签：{'、'.join(sorted(tags))}"] if tags else []
    parts += [f"检索词：{words.strip()}"] if words.strip() else []
    parts.append("比对文书全文" if with_text else "没有文书稿和检索词，不比全文")
    return "；".join(parts)


def _candidates(case: Case) -> QuerySet[Case]:
    """Closed cases of the same court, kind and cause, the newest first."""
    rows = Case.objects.filter(court=case.court, kind=case.kind, cause=case.cause, closed_on__isnull=False)
    rows = rows.exclude(pk=case.pk).select_related("handler", "department")
    return rows.order_by("-closed_on", "-pk")[:CANDIDATES]


def _texts(cases: list[int]) -> dict[int, str]:
    """The words of the last judgment of each case, of those whose judgment is kept."""
    rows = Paper.objects.filter(case__in=cases).exclude(state=Paper.State.REPLACED).order_by("pk")
    return dict(rows.values_list("case", "text"))


def _tags(cases: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for key, tag in CaseTag.objects.filter(case__in=cases).values_list("case", "tag"):
        found.setdefault(key, set()).add(tag)
    return {key: frozenset(tags) for key, tags in found.items()}


def _ranked(
    case: Case,
    tags: frozenset[str],
    candidates: list[Case],
    texts: Mapping[int, str],
    own: str,
    on: date,
) -> tuple[Similar, ...]:
    others = _tags([one.pk for one in candidates])
    order = [one.pk for one in candidates if one.pk in texts]
    corpus = Corpus([own, *(texts[key] for key in order)])
    likeness = {key: corpus.similarity(0, place) for place, key in enumerate(order, start=1)}
    found = [
        _scored(case, one, tags, others.get(one.pk, frozenset()), likeness.get(one.pk), on)
        for one in candidates
    ]
    found = [one for one in found if one.points >= LEAST]
    found.sort(key=lambda one: (not one.recent, -one.points, -one.case.pk))
    return tuple(found[:SHOWN])


def _scored(
    case: Case, other: Case, tags: frozenset[str], theirs: frozenset[str], text: float | None, on: date
) -> Similar:
    """The points of a hundred; what could not be compared gives none."""
    parts = [("案由相同", CAUSE, 1.0 if case.cause and case.cause == other.cause else 0.0)]
    if case.procedure and other.procedure:
        parts.append(("程序相同", PROCEDURE, 1.0 if case.procedure == other.procedure else 0.0))
    if tags or theirs:
        parts.append(
            (
                f"标签 {'、'.join(sorted(tags & theirs)) or '不同'}",
                TAGS,
                len(tags & theirs) / len(tags | theirs),
            )
        )
    parts.append(
        (f"全文 {round((text or 0) * 100)}%" if text is not None else "没有文书可比", TEXT, text or 0.0)
    )
    whole = sum(weight for _, weight, _ in parts)
    points = round(100 * sum(weight * share for _, weight, share in parts) / whole)
    said = tuple(label for label, _, share in parts if share > 0 or label == "没有文书可比")
    recent = other.closed_on is not None and (on - other.closed_on).days <= RECENT * 366
    return Similar(other, points, said, recent)


def _related(case: Case) -> Iterable[Related]:
    """Other cases of the court with a party of the same name. One name may be two people; two names of one
    case together, or a registered link, are sure."""
    names = {name for role, name in case.parties.values_list("role", "name") if role not in PUBLIC}
    spelled = {variant for name in names for variant in (name, fold(name), plain_name(fold(name)))}
    rows = Party.objects.filter(case__court=case.court, name__in=spelled).exclude(case=case)
    met: dict[int, set[str]] = {}
    for key, name in rows.order_by("-case").values_list("case", "name")[: 8 * RELATED]:
        met.setdefault(key, set()).add(plain_name(fold(name)))
    linked = {one.pk for one in chain(case)} - {case.pk}
    cases = Case.objects.filter(pk__in=[*met, *linked]).select_related("handler", "department")
    for other in cases.order_by("-filed_on", "-pk")[:RELATED]:
        shared = met.get(other.pk, set())
        sure = other.pk in linked or len(shared) > 1
        shown = tuple(sorted(name for name in names if plain_name(fold(name)) in shared))
        yield Related(other, shown, Likeness.CERTAIN if sure else Likeness.POSSIBLE, other.pk in linked)
