"""制度: every definition in force at a court, what one says, who uses it, what it replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count

from mingjing.definitions.definition import Definition
from mingjing.definitions.describing import Description, describe
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.registry import Registry
from mingjing.definitions.shelf import register_of
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.deadlines.rules import Deadline
from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.installation import institutions_folder, registry
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.services.reading.keyset import Filter, read_filter

PAGE = 40
FAMILIES = {
    "civil": "民事",
    "criminal": "刑事",
    "administrative": "行政",
    "enforcement": "执行",
    "bankruptcy": "破产",
    "preservation": "保全",
    "compensation": "国家赔偿",
}
"""Folder of a definition → 类别, for the families of dictionary.case_families that have a folder."""
QUESTIONS = ("有", "没有")
_PARTS = ("document", "roles", "calendar", "dictionary")
KIND_ORDER = tuple(KINDS[name].title for name in (*(name for name in KINDS if name not in _PARTS), *_PARTS))
"""Kinds as a reader looks for them: the rules first, then what they are made of."""


@dataclass(frozen=True, slots=True)
class InstitutionFilter(Filter):
    """What the list shows; every field is a word it offers, except ``q``."""

    kind: str = ""
    family: str = ""
    owner: str = ""
    questions: str = ""
    q: str = ""

    def sentence(self) -> tuple[str, ...]:
        """The filters as words."""
        open_ = {"有": "有待确认", "没有": "没有待确认"}.get(self.questions, "")
        search = f"“{self.q}”" if self.q else ""
        return tuple(part for part in (self.kind, self.family, self.owner, open_, search) if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: one id, whatever the number of its files."""

    id: str
    kind: str
    family: str
    label: str
    question: str
    owner: str
    in_force: date | None
    examples: int
    questions: int
    local: bool


@dataclass(frozen=True, slots=True)
class Institutions:
    """A page of the list. ``counts`` are by kind before the kind was chosen; ``next_after`` is a cursor."""

    rows: list[Entry]
    count: int
    next_after: str
    counts: Mapping[str, int]
    owners: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One file of an id: from when it holds, its fingerprint, where it stands, whether it is in use."""

    since: date | None
    content_hash: str
    path: str
    label: str
    used: bool
    layer: str
    place: int


@dataclass(frozen=True, slots=True)
class Use:
    """Open cases the actor sees that a rule applies to, by kind and procedure."""

    kind: str
    procedure: str
    cases: int


@dataclass(frozen=True, slots=True)
class Institution:
    """One definition. ``replaced`` is the nationwide text that the court's own stands in front of."""

    definition: Definition
    description: Description
    versions: tuple[Version, ...]
    replaced: Description | None
    used_by: tuple[Definition, ...]
    uses: tuple[Use, ...]
    flow: Caseflow | None
    register: Register | None


def read(query: Mapping[str, str]) -> InstitutionFilter:
    """The filter of a query string. Raises BadFilter."""
    titles = [kind.title for kind in KINDS.values()]
    return read_filter(
        InstitutionFilter,
        query,
        {
            "kind": ("类别", titles),
            "family": ("业务", tuple(FAMILIES.values())),
            "questions": ("待确认", QUESTIONS),
        },
    )


def institutions(actor: Actor, chosen: InstitutionFilter) -> Institutions:
    """The definitions in force at the actor's court, by kind and id."""
    known = registry(actor.court)
    ids = dict.fromkeys(one.id for one in known.all())
    entries = [_entry(known, id_, actor.on) for id_ in ids]
    families_ = list(FAMILIES.values())
    entries.sort(key=lambda one: (KIND_ORDER.index(one.kind), _rank(families_, one.family), one.id))
    fitting = [one for one in entries if _fits(one, chosen)]
    shown = [one for one in fitting if chosen.kind in ("", one.kind)]
    start = int(chosen.after) if chosen.after.isascii() and chosen.after.isdigit() else 0
    page = shown[start : start + PAGE]
    more = str(start + PAGE) if len(shown) > start + PAGE else ""
    owners = tuple(sorted({one.owner for one in entries}))
    families = tuple(word for word in FAMILIES.values() if any(one.family == word for one in entries))
    return Institutions(page, len(shown), more, Counter(one.kind for one in fitting), owners, families)


def _rank(words: list[str], word: str) -> int:
    return words.index(word) if word in words else len(words)


def _entry(known: Registry, id_: str, on: date) -> Entry:
    files = known.files(id_)
    one = next((file for file in files if file.since is None or file.since <= on), files[0])
    return Entry(
        id=id_,
        kind=KINDS[one.kind].title,
        family=_family(one.path),
        label=one.label if one.kind != "calendar" else f"工作日历（{len(files)} 年）",
        question=one.question,
        owner=one.owner,
        in_force=one.version_on(on),
        examples=sum(len(file.examples) for file in files),
        questions=sum(len(file.questions) for file in files),
        local=one.layer > 0,
    )


def _family(path: Path) -> str:
    for part in path.parts:
        for folder, word in FAMILIES.items():
            if part == folder or part.startswith(f"{folder}-"):
                return word
    return ""


def _fits(one: Entry, chosen: InstitutionFilter) -> bool:
    text = f"{one.id} {one.label} {one.question}"
    return (
        chosen.family in ("", one.family)
        and chosen.owner in ("", one.owner)
        and (not chosen.questions or (one.questions > 0) == (chosen.questions == "有"))
        and all(word in text for word in chosen.q.split())
    )


def institution(actor: Actor, id_: str, place: int | None = None) -> Institution:
    """One definition; ``place`` chooses among its files, the one in force otherwise.

    Raises
    ------
    NotVisible   no such definition
    """
    known, nationwide = registry(actor.court), registry(None)
    files = known.files(id_)
    if not files:
        raise NotVisible
    definition = _chosen(known, id_, actor.on, place)
    first = nationwide.files(id_) if definition.layer else ()
    replaced = describe(_in_force(nationwide, id_, actor.on), nationwide, actor.on) if first else None
    value = definition.value
    return Institution(
        definition=definition,
        description=describe(definition, known, actor.on),
        versions=_versions(known, nationwide, id_),
        replaced=replaced,
        used_by=tuple(_used_by(known, definition)),
        uses=tuple(_uses(actor, value)) if isinstance(value, Deadline | Caseflow) else (),
        flow=value if isinstance(value, Caseflow) else None,
        register=register_of(value),
    )


def _chosen(known: Registry, id_: str, on: date, place: int | None) -> Definition:
    files = known.files(id_)
    if place is None:
        return _in_force(known, id_, on)
    if not 0 <= place < len(files):
        raise NotVisible
    return files[place]


def _in_force(known: Registry, id_: str, on: date) -> Definition:
    """The file in force, else the earliest one to come; of a calendar the year asked about."""
    files = known.files(id_)
    if files[0].kind == "calendar":
        return next((file for file in files if getattr(file.value, "year", 0) == on.year), files[-1])
    return next((file for file in files if file.since is None or file.since <= on), files[-1])


def _versions(known: Registry, nationwide: Registry, id_: str) -> tuple[Version, ...]:
    """Every file of the id: those in use, and the nationwide ones that the court's own replaced."""
    used = known.files(id_)
    found = [
        Version(one.since, one.content_hash, _place(one.path), one.label, True, _layer(one), place)
        for place, one in enumerate(used)
    ]
    in_use = {one.path for one in used}
    found += [
        Version(one.since, one.content_hash, _place(one.path), one.label, False, _layer(one), -1)
        for one in nationwide.files(id_)
        if one.path not in in_use
    ]
    return tuple(found)


def _layer(one: Definition) -> str:
    return "本院" if one.layer else "全国"


def _place(path: Path) -> str:
    """The path as people write it: from the folder of all definitions on."""
    root = institutions_folder()
    return str(path.relative_to(root.parent)) if path.is_relative_to(root.parent) else str(path)


def _used_by(known: Registry, definition: Definition) -> Iterable[Definition]:
    """Definitions that name this one: flows that measure a node by it, files that use its words."""
    value = definition.value
    if isinstance(value, Deadline):
        for one in known.all():
            if isinstance(one.value, Caseflow) and any(n.clock == value.clock for n in one.value.nodes):
                yield one
    elif definition.kind == "dictionary":
        for one in known.all():
            if any(reference.dictionary == definition.id for reference in one.references):
                yield one


def _uses(actor: Actor, rule: Deadline | Caseflow) -> Iterable[Use]:
    """Open cases by kind and procedure, for whoever sees cases. One statement."""
    if not actor.may("查看案件"):
        return
    kinds = rule.applies.get("案件类型", ())
    procedures = rule.applies.get("审理程序", ())
    rows = cases_seen(actor).filter(closed_on__isnull=True)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    rows = rows.filter(procedure__in=procedures) if procedures else rows
    keys = ("kind", "procedure") if procedures else ("kind",)
    for row in rows.order_by().values(*keys).annotate(n=Count("pk")).order_by("-n"):
        yield Use(row["kind"], row.get("procedure", ""), row["n"])


def text_of(actor: Actor, id_: str, place: int | None = None) -> tuple[Definition, str]:
    """The file as it is written, and its path from the folder of all definitions on. Raises NotVisible."""
    known = registry(actor.court)
    if not known.files(id_):
        raise NotVisible
    definition = _chosen(known, id_, actor.on, place)
    return definition, _place(definition.path)
