"""The form of an act, made from the definition: what it asks, what it may be told, why it was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing

from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.ledgers.values import is_empty
from mingjing.web.records.asking import asked
from mingjing.web.records.fields import FilesField, FoundField, Lists, control, stored

FILES = (FieldType.FILES, FieldType.PHOTOS)
WHY = "why"
ABOVE = "上级"
KEPT = "received"
TAKEN = frozenset((WHY, KEPT, "once", "revision", "confirm", "act", "record", "csrfmiddlewaretoken"))
"""Names of controls that every form has for itself: a field whose key is one of them goes by another."""
SALT = "records.files"
Received = list[tuple[str, str, str]]
"""Files received with a form: label of the field, digest, name."""


def control_name(key: str) -> str:
    """The name of a field's control: its key, unless the form needs that name for itself."""
    return f"field:{key}" if key in TAKEN else key


class ActForm(forms.Form):
    """The fields of one act of a register. Names of controls are those of ``control_name``."""

    def __init__(
        self,
        *args: Any,
        register: Register,
        act: Permitted,
        lists: Lists,
        values: Mapping[str, object] | None = None,
        received: Received | None = None,
        above: Register | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.act = register, act
        self.received: Received = received or []
        held = values or {}
        if above is not None:  # the record it stands under is asked for, unless it is known already
            must = above.id != register.id
            self.fields[ABOVE] = FoundField(
                lambda text: lists.find_record(above.id, text),
                f"“{above.label}”",
                label=f"上级：{above.label}",
                required=must,
                help_text="写它的编号或者标题，这一条就挂在它下面。",
            )
        for label in dict.fromkeys((*act.fill, *act.may_fill)):
            field = register.field(label)
            before = held.get(field.key)
            got = any(of == label for of, _, _ in self.received)
            kept = got or (field.type in FILES and not is_empty(before))
            must = label in act.fill
            made = control(field, lists, required=must, kept=kept)
            given = isinstance(made, FoundField) and isinstance(before, str)  # a number a link brings along
            if given or (not isinstance(made, FilesField | FoundField) and not is_empty(before)):
                made.initial = _initial(field.type, before)
            self.fields[control_name(field.key)] = made
        for label in act.asks:
            if label not in self.fields:
                self.fields[f"ask:{label}"] = asked(label, act, lists)
        self.fields[WHY] = forms.CharField(
            label="说明", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
            help_text="与这一步一起留在经过里，不能修改。",
        )  # fmt: skip

    def entered(self) -> dict[str, object]:
        """Values by label, in their storage form. An emptied field is None; files are left out."""
        found: dict[str, object] = {}
        for label in dict.fromkeys((*self.act.fill, *self.act.may_fill)):
            field = self.register.field(label)
            if field.type not in FILES:
                name = control_name(field.key)
                value = stored(field, self.cleaned_data.get(name))
                changed = name in self.changed_data or label in self.act.fill
                if value is not None or changed:
                    found[label] = value
        return found

    def target(self) -> dict[str, object]:
        """What the act is aimed at, by what was asked."""
        return {
            label: self.cleaned_data[f"ask:{label}"]
            for label in self.act.asks
            if f"ask:{label}" in self.fields
        }

    def above(self) -> int | None:
        """The key of the record it is to stand under, where that was asked."""
        found: int | None = self.cleaned_data.get(ABOVE)
        return found

    def uploads(self) -> list[tuple[str, Any]]:
        """Label of the field and file, of every file sent with the form."""
        labels = dict.fromkeys((*self.act.fill, *self.act.may_fill))
        return [
            (label, upload)
            for label in labels
            if self.register.field(label).type in FILES
            for upload in self.cleaned_data.get(control_name(self.register.field(label).key)) or []
        ]


def _initial(kind: FieldType, value: object) -> object:
    if kind is FieldType.FLAG:
        return "是" if value else "否"
    if kind is FieldType.MOMENT:
        return str(value)[:16]
    return value


def sealed(received: Received) -> str:
    """Files received so far, so that a refused form need not send them again; nobody can add to it."""
    return signing.dumps(received, salt=SALT, compress=True) if received else ""


def unsealed(text: str) -> Received:
    """What ``sealed`` wrote; nothing where it was changed or is older than a working day."""
    try:
        found = signing.loads(text, salt=SALT, max_age=12 * 3600) if text else []
    except signing.BadSignature:
        return []
    return [(str(of), str(digest), str(name)) for of, digest, name in found]
