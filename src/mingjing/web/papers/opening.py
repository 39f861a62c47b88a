"""Links to the form of a register with a case filled in, for whoever may open a record there."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.records.opening import openings
from mingjing.storage.cases.models import Case

NAMED = ("案号", "案件名称")
WHO = ("承办人", "填报人")


def opening_url(actor: Actor, register_id: str, case: Case, **more: str) -> str:
    """The address of the form, nothing for whoever may not open a record; ``more`` are values by key."""
    return form_url(actor, register_id, case, **more) if openings(actor, register_id) else ""


def form_url(actor: Actor, register_id: str, case: Case, **more: str) -> str:
    """The address of the form, for whoever is known to be allowed."""
    register = registry(actor.court).newest_register(register_id)
    given = {**(_given(register, case) if register else {}), **more}
    return f"{reverse('register-new', args=[register_id])}?{urlencode(given)}"


def _given(register: Register, case: Case) -> dict[str, str]:
    found = {one.key: _value(one, case) for one in register.fields}
    return {key: value for key, value in found.items() if value}


def _value(field: Field, case: Case) -> str:
    """What the form says of the case in a field: its number, who tries it, in which division."""
    if field.type is FieldType.CASE or field.label in NAMED:
        return case.number
    if field.type is FieldType.PERSON and field.label in WHO:
        return case.handler.name if case.handler else ""
    if field.type is FieldType.UNIT and field.label == "承办部门":
        return str(case.department_id or "")
    return ""
