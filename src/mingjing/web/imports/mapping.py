"""Which column holds what: the suggestion beside the first rows of the file, or the mapping as text."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import Mapping, dump_mapping, load_mapping, mapping_from, plain_mapping
from mingjing.imports.refusals import HeaderMissing
from mingjing.imports.suggesting_logs import blank_log
from mingjing.services.importing.batches import choose_mapping, seen_batch
from mingjing.services.importing.shipped import mapping_named, shipped
from mingjing.services.importing.sources import Look, look, words_of
from mingjing.services.importing.suggested import suggested
from mingjing.services.importing.targets import TargetUnknown, mapping_of_targets, offered, targets_of
from mingjing.services.importing.uploading import look_again
from mingjing.services.reading.imports import saved_names
from mingjing.storage.batches.models import Batch
from mingjing.web.imports.forms import EncodingForm, YamlForm
from mingjing.web.routing import Route, StaffRequest

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file in the form: its first values, the word beside it, what is wrong with the word.

    ``unit`` is the one in which sums without a unit of their own are read.
    """

    name: str
    field: str
    samples: tuple[str, ...]
    word: str
    wrong: str
    unit: str = ""


def import_mapping(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Shows what was guessed, takes what the person says, sends the file to the pre-check."""
    request.family = "案件"
    batch = seen_batch(request.actor, batch_id)
    try:
        seen = _seen(request, batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("imports"))
    base = _base(request, batch)
    as_text = not seen.is_table or "text" in request.GET or _needs_text(base)
    if as_text:
        return _as_text(request, batch, seen, base)
    return _as_columns(request, batch, seen, base)


def _seen(request: StaffRequest, batch: Batch) -> Look:
    if request.method == "POST" and request.POST.get("do") == "encoding":
        form = EncodingForm(request.POST)
        return look_again(batch, form.cleaned_data["encoding"] if form.is_valid() else "")
    return look(batch, _sheet(request) or str(batch.mapping.get("sheet", "")))


def _sheet(request: StaffRequest) -> str:
    """The sheet of a workbook the person asked for."""
    return request.POST.get("sheet", "") or request.GET.get("sheet", "")


def _base(request: StaffRequest, batch: Batch) -> Mapping | Refusal:
    """The mapping to begin with: the one asked for, the one chosen before, else what the file suggests."""
    wanted, sheet = request.GET.get("use", ""), _sheet(request)
    if wanted:
        try:
            return mapping_from({**mapping_named(batch.court, wanted), "sheet": sheet})
        except Refusal as refusal:
            return refusal
    chosen = str(batch.mapping.get("sheet", ""))
    if batch.mapping and sheet in ("", chosen):
        return mapping_from(batch.mapping)
    return suggested(batch, sheet)


def _needs_text(base: Mapping | Refusal) -> bool:
    """Whether the columns alone cannot say it: a log, a constant or a template."""
    if isinstance(base, Refusal):
        return False
    return base.shape == "log" or any(not source.column for source in base.sources)


def _as_text(request: StaffRequest, batch: Batch, seen: Look, base: Mapping | Refusal) -> HttpResponse:
    refusal = base if isinstance(base, Refusal) else None
    text = _begun(base) if isinstance(base, Refusal) else dump_mapping(base)
    posted = request.POST if request.POST.get("do") == "text" else None
    form = YamlForm(posted, initial={"text": text})
    if posted is not None and form.is_valid():
        try:
            plain = plain_mapping(load_mapping(form.cleaned_data["text"]))
            choose_mapping(request.actor, batch, plain, name=form.cleaned_data["name"])
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(reverse("import", args=[batch.pk]))
    return _show(request, batch, seen, {"form": form, "refusal": refusal, "as_text": True})


def _begun(refusal: Refusal) -> str:
    """What to fill in where nothing could be guessed; nothing where the file itself is at fault."""
    return blank_log(refusal.allowed) if isinstance(refusal, HeaderMissing) else ""


def _as_columns(request: StaffRequest, batch: Batch, seen: Look, base: Mapping | Refusal) -> HttpResponse:
    words = words_of(batch.court)
    refusal = base if isinstance(base, Refusal) else None
    begin = _blank(seen) if isinstance(base, Refusal) else base
    targets = targets_of(begin)
    units = {source.column: source.unit for source in begin.columns.values() if source.unit}
    wrong = ""
    if request.POST.get("do") == "columns":
        targets = {name: request.POST.get(f"c{index}", "") for index, name in enumerate(seen.header)}
        name = request.POST.get("name", "").strip()[:60]
        try:
            plain = mapping_of_targets(_dated(request, begin), words, targets, name=name)
            choose_mapping(request.actor, batch, plain, name=name)
        except TargetUnknown as refused:
            wrong, refusal = refused.column, refused
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(reverse("import", args=[batch.pk]))
    columns = [
        Column(
            name,
            f"c{index}",
            tuple(row[index] for row in seen.rows[:SAMPLES] if index < len(row) and row[index]),
            targets.get(name, ""),
            str(refusal) if refusal and name == wrong else "",
            units.get(name, ""),
        )
        for index, name in enumerate(seen.header)
    ]
    context: dict[str, object] = {
        "columns": columns,
        "offered": offered(words),
        "refusal": refusal,
        "order": begin.date_order,
    }
    return _show(request, batch, seen, context)


def _dated(request: StaffRequest, base: Mapping) -> Mapping:
    order = request.POST.get("order", base.date_order)
    known = order in ("年月日", "日月年", "月日年")
    return base.model_copy(update={"date_order": order}) if known else base


def _blank(seen: Look) -> Mapping:
    """A mapping to begin with where nothing could be guessed; its number has to be said."""
    return mapping_from({"name": "新建对应", "number": seen.header[0] if seen.header else "案号"})


def _show(request: StaffRequest, batch: Batch, seen: Look, context: dict[str, object]) -> HttpResponse:
    common = {
        "batch": batch,
        "seen": seen,
        "encoding": EncodingForm(initial={"encoding": batch.encoding}),
        "saved": saved_names(batch.court),
        "ready": list(shipped()),
        "orders": ("年月日", "日月年", "月日年"),
        "sheet": _sheet(request) or seen.sheet if len(seen.sheets) > 1 else "",
        "used": request.GET.get("use", ""),
        "on": request.actor.on,
    }
    posted = request.POST.get("do") in ("columns", "text")
    status = 422 if posted and context.get("refusal") else 200
    return render(request, "pages/imports/mapping.html", {**common, **context}, status=status)


routes = (Route("imports/<int:batch_id>/mapping", import_mapping, "import-mapping", "导入数据"),)
