"""What the small forms of a meeting's page send: entries, whom they are about, words, files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from mingjing.domain.ledgers.matters import Permitted, WrongValue
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.records.evidence import keep
from mingjing.storage.records.models import Evidence
from mingjing.web.records.fields import Lists, control, stored
from mingjing.web.routing import StaffRequest

FILES = (FieldType.FILES, FieldType.PHOTOS)
PEOPLE, WHY = "人员", "说明"


def entered(request: StaffRequest, register: Register, act: Permitted, lists: Lists) -> dict[str, object]:
    """The fields of the act that the form names, in their storage form.

    Raises
    ------
    WrongValue   what was typed is not what the field holds
    """
    found: dict[str, object] = {}
    for label in dict.fromkeys((*act.fill, *act.may_fill)):
        field = register.field(label)
        if field.type in FILES or field.key not in request.POST:
            continue
        made = control(field, lists, required=False)
        several = field.type in (FieldType.PEOPLE, FieldType.UNITS, FieldType.CHOICES)
        raw: Any = request.POST.getlist(field.key) if several else request.POST.get(field.key)
        try:
            value = stored(field, made.clean(raw))
        except forms.ValidationError as error:
            raise WrongValue(f"“{label}”：{''.join(error.messages)}") from error
        if value is not None:
            found[label] = value
    return found


def target_of(sent: QueryDict, asks: Iterable[str]) -> dict[str, object]:
    """What the act is aimed at, as the form names it; what was left empty is left out."""
    found: dict[str, object] = {}
    for key in asks:
        given = [one.strip() for one in sent.getlist(key) if one.strip()]
        if key == PEOPLE:
            keys = [int(one) for one in given if one.isdecimal()]
            if keys:
                found[key] = keys
        elif given and key != WHY:
            found[key] = given[0]
    return found


def said(sent: QueryDict) -> str:
    """The words given with an act."""
    return sent.get(WHY, "").strip()[:400] or sent.get("why", "").strip()[:400]


def uploads(request: StaffRequest, register: Register, act: Permitted) -> list[tuple[str, Evidence, str]]:
    """The files sent, kept: field label, evidence, name. Raises Refusal where one is not what it says."""
    found: list[tuple[str, Evidence, str]] = []
    for label in dict.fromkeys((*act.fill, *act.may_fill)):
        field = register.field(label)
        if field.type in FILES:
            for upload in request.FILES.getlist(field.key):
                found.append((label, keep(upload), str(upload.name)))
    return found
