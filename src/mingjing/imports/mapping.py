"""Which column of a file becomes which field of a case: written once, saved, used for every later file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mingjing.imports.amounts import UNITS
from mingjing.imports.refusals import MappingWrong

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
FieldKind = Literal["文字", "日期", "金额", "数字", "是否", "时长"]
DateOrder = Literal["年月日", "日月年", "月日年"]


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except Exception as error:  # an unknown key, a path outside the database, a directory: all the same here
        raise ValueError(f"不认识的时区“{zone}”。例如：Asia/Shanghai") from error
    return zone


def _known_unit(unit: str) -> str:
    if unit and unit not in UNITS:
        raise ValueError(f"不认识的金额单位“{unit}”。可用：{'、'.join(UNITS)}")
    return unit


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Source(_Strict):
    """Where a value comes from: exactly one of a column, a constant, or templates.

    In an event log ``column`` is an attribute's key or a dotted path; a path that begins with ``^.``
    is looked up in the case when the value belongs to an event. Of several templates the first whose
    placeholders are all filled is used. ``unit`` is that of bare amounts; ``kind`` types a field the
    dictionary of case fields does not list. ``values`` translates the file's words into ours.
    """

    column: str = ""
    constant: str = ""
    template: tuple[str, ...] = ()
    unit: Annotated[str, AfterValidator(_known_unit)] = ""
    kind: FieldKind | None = None
    values: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _exactly_one(self) -> Source:
        given = sum(1 for one in (self.column, self.constant, self.template) if one)
        if not given:
            raise ValueError(
                "没有填。写文件里的一项；每件都一样的写 {constant: 内容}。例如：{column: 立案时间}"
            )
        if given > 1:
            raise ValueError("column、constant、template 必须写且只写一个。例如：{column: 立案时间}")
        if any(not PLACEHOLDER.search(text) for text in self.template):
            raise ValueError(
                "template 里要有 {列名}；不变的内容请用 constant。例如：{court_id}-{docket_number}"
            )
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column this source reads."""
        if self.column:
            return (self.column,)
        return tuple(name for text in self.template for name in PLACEHOLDER.findall(text))


class EventColumn(_Strict):
    """A date column of a case table that says something happened: 开庭日期 → 开庭."""

    kind: str = Field(min_length=1)
    happened: Source
    recorded: Source | None = None


class ExclusionColumns(_Strict):
    """Days that do not count: a column of ``起 至 止`` spans, or a first and a last day in two columns."""

    kind: str = Field(min_length=1)
    span: Source | None = None
    first: Source | None = None
    last: Source | None = None
    document: Source | None = None

    @model_validator(mode="after")
    def _span_or_ends(self) -> ExclusionColumns:
        if (self.span is None) == (self.first is None) or (self.span is not None and self.last is not None):
            raise ValueError(
                "写 span，或写 first（和 last），二者取一。例如：{kind: 鉴定期间, span: {column: 鉴定期间}}"
            )
        return self


class PartyColumn(_Strict):
    """A column with names of parties, several separated by 、 ， ； or line breaks."""

    role: str = Field(min_length=1)
    column: str = Field(min_length=1)


class EventSource(_Strict):
    """How one event is read: a row of an events table, or an event of a log."""

    kind: Source
    happened: Source
    recorded: Source | None = None
    until: Source | None = None
    due: Source | None = None
    finished: Source | None = None
    attributes: dict[str, Source] = Field(default_factory=dict)


class Due(_Strict):
    """A due date the file itself carries, and the date on which it was done."""

    label: str = Field(min_length=1)
    due: str = Field(min_length=1)
    done: str = Field(min_length=1)
    level: Literal["case", "event"] = "case"


class Mapping(_Strict):
    """A saved mapping. ``number`` (the case number) is required for every shape.

    ``traces`` and ``events_in`` are paths of a JSON log: the list of cases in the document (empty: the
    document is the list) and the list of events in a case (empty: the record itself is an event).
    ``sheet`` is the sheet of a workbook; empty, it is the first whose header fits.
    """

    name: str = Field(min_length=1)
    court: str = ""
    shape: Literal["cases", "events", "log"] = "cases"
    number: Source
    number_grammar: Literal["案号", "自由"] = "案号"
    kinds: Literal["词表", "自由"] = "词表"
    zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    date_order: DateOrder = "年月日"
    sheet: str = ""
    columns: dict[str, Source] = Field(default_factory=dict)
    required: tuple[str, ...] = ()
    events: tuple[EventColumn, ...] = ()
    event: EventSource | None = None
    parties: tuple[PartyColumn, ...] = ()
    exclusions: tuple[ExclusionColumns, ...] = ()
    tags: tuple[Source, ...] = ()
    traces: str = ""
    events_in: str = ""
    dues: tuple[Due, ...] = ()

    @model_validator(mode="after")
    def _fits_its_shape(self) -> Mapping:
        if self.shape == "events" and self.event is None:
            raise ValueError("shape 是 events 时要写 event（事项、发生日期在哪一列）。")
        if self.shape == "events" and (self.events or self.exclusions or self.parties or self.columns):
            raise ValueError(
                "shape 是 events 时，一行就是一个事项，不能再写 columns、events、exclusions、parties。"
            )
        if missing := [name for name in self.required if name not in self.columns]:
            raise ValueError(f"required 里的“{'、'.join(missing)}”没有写在 columns 里。")
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of a case row or an event row, in no particular order."""
        found: list[Source | None] = [self.number, *self.columns.values(), *self.tags]
        for event in self.events:
            found += [event.happened, event.recorded]
        for exclusion in self.exclusions:
            found += [exclusion.span, exclusion.first, exclusion.last, exclusion.document]
        if self.event is not None and self.shape == "events":
            one = self.event
            found += [one.kind, one.happened, one.recorded, one.until, one.due, one.finished]
            found += one.attributes.values()
        return tuple(source for source in found if source is not None)

    @property
    def file_columns(self) -> tuple[str, ...]:
        """The columns of the file this mapping reads, each once, in the order of the mapping."""
        names = [name for source in self.sources for name in source.columns]
        return tuple(dict.fromkeys([*names, *(party.column for party in self.parties)]))


def mapping_from(plain: object) -> Mapping:
    """A mapping out of a plain dict (from YAML, JSON or a form).

    A source may be shortened to its column's name: ``案号: 案号`` is ``案号: {column: 案号}``.

    Raises
    ------
    MappingWrong   every fault at once, each with its place
    """
    if not isinstance(plain, dict):
        raise MappingWrong("列对应要写成“键: 值”的形式。", example="name: 审管系统导出")
    try:
        return Mapping.model_validate(_long_form(plain))
    except ValidationError as error:
        faults = [f"{_place(fault['loc'])}：{_cause(fault)}" for fault in error.errors()]
        raise MappingWrong("列对应有误。" + "；".join(faults)) from error


def load_mapping(text: str) -> Mapping:
    """A mapping out of YAML text.

    Raises
    ------
    MappingWrong   not YAML, or not a mapping
    """
    try:
        plain = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader builds texts only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
        raise MappingWrong(f"列对应文件{place}不是合法的 YAML，请检查缩进、引号和冒号。") from error
    return mapping_from(plain)


def plain_mapping(mapping: Mapping) -> dict[str, Any]:
    """The mapping as plain data without defaults, columns in their short form."""
    plain: dict[str, Any] = _short_form(mapping.model_dump(mode="json", exclude_defaults=True))
    return plain


def dump_mapping(mapping: Mapping) -> str:
    """YAML that load_mapping reads back to an equal mapping."""
    return yaml.safe_dump(plain_mapping(mapping), allow_unicode=True, sort_keys=False, width=110)


_SOURCE_KEYS = frozenset(Source.model_fields)
_SOURCE_PLACES = frozenset(
    (
        "number",
        "kind",
        "happened",
        "recorded",
        "until",
        "due",
        "finished",
        "span",
        "first",
        "last",
        "document",
    )
)


def _long_form(plain: dict[str, Any]) -> dict[str, Any]:
    full = dict(plain)
    if "number" in full:
        full["number"] = _source(full["number"])
    if isinstance(full.get("columns"), dict):
        full["columns"] = {name: _source(given) for name, given in full["columns"].items()}
    for key in ("events", "exclusions"):
        if isinstance(full.get(key), (list, tuple)):
            full[key] = tuple(_sources_in(item, keep=("kind",)) for item in full[key])
    if isinstance(full.get("event"), dict):
        event = _sources_in(full["event"], keep=())
        if isinstance(event.get("attributes"), dict):
            event["attributes"] = {name: _source(given) for name, given in event["attributes"].items()}
        full["event"] = event
    if isinstance(full.get("tags"), (list, tuple)):
        full["tags"] = tuple(_source(given) for given in full["tags"])
    for key in ("parties", "dues", "required"):
        if isinstance(full.get(key), list):
            full[key] = tuple(full[key])
    return full


def _sources_in(item: Any, *, keep: Iterable[str]) -> Any:
    if not isinstance(item, dict):
        return item
    return {
        key: _source(value) if key in _SOURCE_PLACES and key not in keep else value
        for key, value in item.items()
    }


def _source(given: Any) -> Any:
    if isinstance(given, str):
        return {"column": given}
    if isinstance(given, dict) and set(given) <= _SOURCE_KEYS and "template" in given:
        template = given["template"]
        return {**given, "template": (template,) if isinstance(template, str) else tuple(template)}
    return given


def _short_form(plain: Any) -> Any:
    if isinstance(plain, dict):
        if set(plain) == {"column"}:
            return plain["column"]
        if isinstance(plain.get("template"), list) and len(plain["template"]) == 1:
            plain = {**plain, "template": plain["template"][0]}
        return {key: _short_form(value) for key, value in plain.items()}
    return [_short_form(item) for item in plain] if isinstance(plain, list) else plain


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location) or "整个文件"


def _cause(fault: Any) -> str:
    """pydantic's English message in the clerk's words."""
    kind, context = fault["type"], fault.get("ctx") or {}
    if kind == "missing":
        return "没有写，必须写"
    if kind == "extra_forbidden":
        return "不认识的键，请检查拼写"
    if kind == "literal_error":
        return f"“{fault['input']}”不行，可用：{context.get('expected', '')}"
    if kind == "value_error":
        return str(context.get("error", ""))
    if kind == "string_too_short":
        return "不能是空的"
    return f"“{fault['input']}”的写法不对"
