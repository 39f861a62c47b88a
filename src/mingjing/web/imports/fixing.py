"""Bad cells put right in the page: a small table of refused rows, checked again with the corrections (J1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.importing.batches import fix_cells, seen_batch
from mingjing.services.importing.working import work
from mingjing.services.reading.imports import small
from mingjing.services.reading.refused_cells import RefusedCell, refused_cells
from mingjing.storage.batches.models import Batch
from mingjing.web.routing import Route, StaffRequest

FIELD = re.compile(r"r(\d{1,9})\.(.{1,120})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Editable:
    """A refused cell with the name of its box and what stands in it: what was typed, else the file's own."""

    cell: RefusedCell
    field: str
    value: str


def import_fix(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Shows the refused cells as boxes; what changed is laid over the file and checked again."""
    request.family = "案件"
    batch = seen_batch(request.actor, batch_id)
    back = reverse("import", args=[batch.pk])
    if batch.state != Batch.State.CHECKED or batch.mapping.get("shape") == "log":
        return HttpResponseRedirect(back)
    cells = refused_cells(batch)
    refusal = None
    if request.method == "POST":
        try:
            count = fix_cells(request.actor, batch, _changed(request, cells))
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"改了 {count} 个单元格，已重新预检。")
            if small(batch):
                work(batch)
            return HttpResponseRedirect(back)
    fields = [f"r{cell.row}.{cell.column}" for cell in cells]
    shown = [
        Editable(cell, field, request.POST.get(field, cell.value))
        for cell, field in zip(cells, fields, strict=True)
    ]
    context = {"batch": batch, "cells": shown, "refusal": refusal, "on": request.actor.on}
    return render(request, "pages/imports/fix.html", context, status=422 if refusal else 200)


def _changed(request: StaffRequest, cells: list[RefusedCell]) -> dict[int, dict[str, str]]:
    """Only boxes that stand in the page, and only those whose text differs from the file."""
    before = {(cell.row, cell.column): cell.value for cell in cells}
    changed: dict[int, dict[str, str]] = {}
    for name, text in request.POST.items():
        match = FIELD.fullmatch(name)
        if match is None:
            continue
        key = (int(match[1]), match[2])
        if key in before and str(text).strip() != before[key]:
            changed.setdefault(key[0], {})[key[1]] = str(text)
    return changed


routes = (Route("imports/<int:batch_id>/fix", import_fix, "import-fix", "导入数据"),)
