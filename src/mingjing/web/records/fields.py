"""Form fields for what records hold: each type of the definition as a control that works without script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms

from mingjing.domain.ledgers.register import Field, FieldType
from mingjing.domain.ledgers.values import MOST_TEXT, MOST_TITLE
from mingjing.domain.reasons import Refusal
from mingjing.services.reading.records.choices import Somebody
from mingjing.web.acting import DayField

CHOOSE = ("", "请选择")
NEAR = 5


class ListedInput(forms.TextInput):
    """A text box with suggestions."""

    template_name = "pages/listed_input.html"

    def __init__(self, words: Sequence[str], attrs: dict[str, str] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The list beside the box."""
        context = super().get_context(name, value, attrs)
        identity = f"words-{name}"
        context["widget"]["attrs"]["list"] = identity
        return {**context, "words": self.words, "list": identity}


class PersonField(forms.Field):
    """Somebody of the court, by name; suggestions tell namesakes apart. Gives the key."""

    def __init__(self, people: Sequence[Somebody], **more: Any) -> None:
        super().__init__(widget=ListedInput([one.label for one in people]), **more)
        self.people = people

    def prepare_value(self, value: Any) -> Any:
        """The name for a key; what was typed as it was typed."""
        return next((one.label for one in self.people if one.pk == value), value)

    def to_python(self, value: Any) -> int | None:
        """The key of whom the text means."""
        text = str(value or "").strip()
        if not text:
            return None
        found = [one for one in self.people if text in (one.label, one.name, one.staff_number)]
        if len(found) == 1:
            return found[0].pk
        if found:
            names = "、".join(one.label for one in found)
            raise forms.ValidationError(f"叫“{text}”的有 {len(found)} 人，请写明：{names}。")
        near = "、".join(one.label for one in self.people if text[:1] in one.name)[:120]
        hint = f"相近的有：{near}。" if near else f"例如：{self.people[0].label}。" if self.people else ""
        raise forms.ValidationError(f"今天在任的人里没有“{text}”。{hint}")


class ManyField(forms.MultipleChoiceField):
    """Several of a list, as boxes to tick; gives keys as numbers where ``keys``."""

    def __init__(self, *, keys: bool, tall: bool, **more: Any) -> None:
        attrs = {"class": "ticks tall" if tall else "ticks"}
        super().__init__(widget=forms.CheckboxSelectMultiple(attrs=attrs), **more)
        self.keys = keys

    def clean(self, value: Any) -> Any:
        """The chosen ones."""
        chosen = super().clean(value)
        return [int(one) for one in chosen] if self.keys else list(chosen)


class MomentField(forms.Field):
    """A day and an hour."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> str | None:
        """ISO 8601 to the minute."""
        text = str(value or "").strip().replace(" ", "T").replace("：", ":")
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).isoformat(timespec="minutes")
        except ValueError:
            raise forms.ValidationError(f"“{value}”不是时刻。例如：2026-09-30 09:30") from None


class FoundField(forms.CharField):
    """A case or a record by its number; gives its key."""

    def __init__(self, find: Callable[[str], int | None], what: str, **more: Any) -> None:
        super().__init__(max_length=120, **more)
        self.find, self.what = find, what

    def clean(self, value: Any) -> Any:
        """The key behind the number."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = self.find(text)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if found is None:
            raise forms.ValidationError(f"您看得到的{self.what}里没有“{text}”。")
        return found


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one control."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files; ``kept`` says that some were received with this form before."""

    def __init__(self, *, photos: bool, kept: bool, **more: Any) -> None:
        attrs = {"accept": "image/*"} if photos else {}
        super().__init__(widget=ManyFilesInput(attrs), **more)
        self.kept = kept

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, none where there are none."""
        several = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not several and not self.kept:
            raise forms.ValidationError("请选择文件。可以一次选几个。")
        return list(several)


class Lists:
    """What a form offers besides the options of the definition; asked for once, only where needed."""

    def __init__(
        self,
        people: Callable[[], Sequence[Somebody]],
        units: Callable[[], Sequence[tuple[int, str]]],
        find_case: Callable[[str], int | None],
        find_record: Callable[[str, str], int | None],
    ) -> None:
        self._people, self._units = people, units
        self.find_case, self.find_record = find_case, find_record
        self._known: dict[str, Any] = {}

    @property
    def people(self) -> Sequence[Somebody]:
        """Everybody in post."""
        if "people" not in self._known:
            self._known["people"] = self._people()
        found: Sequence[Somebody] = self._known["people"]
        return found

    @property
    def units(self) -> Sequence[tuple[int, str]]:
        """Every department."""
        if "units" not in self._known:
            self._known["units"] = self._units()
        found: Sequence[tuple[int, str]] = self._known["units"]
        return found


def by_unit(people: Sequence[Somebody]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The people as groups of a choice, by department."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for one in people:
        groups.setdefault(one.unit, []).append((one.pk, one.name))
    return list(groups.items())


def control(field: Field, lists: Lists, *, required: bool, kept: bool = False) -> forms.Field:
    """The form field of a field of the definition."""
    plain: dict[str, Any] = {"label": field.label, "required": required, "help_text": _help(field)}
    kind = field.type
    if kind in (FieldType.PERSON, FieldType.PEOPLE, FieldType.UNIT, FieldType.UNITS):
        return _named(field, lists, plain)
    if kind in (FieldType.CHOICE, FieldType.CHOICES, FieldType.FLAG):
        return _chosen(field, plain)
    if kind in (FieldType.FILES, FieldType.PHOTOS):
        return FilesField(photos=kind is FieldType.PHOTOS, kept=kept, **plain)
    if kind is FieldType.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=MOST_TEXT, **plain)
    if kind is FieldType.INTEGER:
        whole = {"invalid": "写成整数，只用数字。例如：12"}
        return forms.IntegerField(error_messages=whole, **plain)
    if kind in (FieldType.DECIMAL, FieldType.MONEY):
        places, example = (2, "1286400.00") if kind is FieldType.MONEY else (6, "0.85")
        plainly = {"invalid": f"写成数字，不写单位、不写汉字。例如：{example}"}
        return forms.DecimalField(max_digits=17, decimal_places=places, error_messages=plainly, **plain)
    if kind is FieldType.DAY:
        return DayField(**plain)
    if kind is FieldType.MOMENT:
        return MomentField(**plain)
    if kind is FieldType.CASE:
        return FoundField(lists.find_case, "案件", **plain)
    if kind is FieldType.RECORD:
        return FoundField(lambda text: lists.find_record(field.of, text), "记录", **plain)
    return forms.CharField(max_length=MOST_TITLE, **plain)


def _named(field: Field, lists: Lists, plain: dict[str, Any]) -> forms.Field:
    if field.type is FieldType.PERSON:
        return PersonField(lists.people, **plain)
    if field.type is FieldType.PEOPLE:
        groups = by_unit(lists.people)
        return ManyField(keys=True, tall=len(lists.people) > 12, choices=groups, **plain)
    if field.type is FieldType.UNITS:
        return ManyField(keys=True, tall=len(lists.units) > 12, choices=lists.units, **plain)
    return forms.TypedChoiceField(coerce=int, empty_value=None, choices=[CHOOSE, *lists.units], **plain)


def _chosen(field: Field, plain: dict[str, Any]) -> forms.Field:
    options = [(one, one) for one in field.options]
    if field.type is FieldType.CHOICES:
        return ManyField(keys=False, tall=len(options) > 12, choices=options, **plain)
    if field.type is FieldType.FLAG:
        options = [("是", "是"), ("否", "否")]
        return forms.TypedChoiceField(
            coerce=lambda text: text == "是",
            empty_value=None,
            choices=options,
            widget=forms.RadioSelect,
            **plain,
        )
    return forms.ChoiceField(choices=[CHOOSE, *options], **plain)


HINTS = {
    FieldType.PERSON: "写姓名，会提示在任的人。",
    FieldType.CASE: "写案号，例如：（2026）云9801民初12号。",
    FieldType.RECORD: "写编号或者标题。",
    FieldType.FILES: "可以一次选几个文件。",
    FieldType.PHOTOS: "可以一次选几张照片。",
    FieldType.MONEY: "单位：元。",
}


def _help(field: Field) -> str:
    unit = f"单位：{field.unit}。" if field.unit and field.type is not FieldType.MONEY else ""
    parts = (field.help, HINTS.get(field.type, ""), unit)
    return " ".join(part for part in parts if part)


def stored(field: Field, value: Any) -> object:
    """The storage form of what a control gave (see ``FieldType``)."""
    if value in (None, "", []):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}" if field.type is FieldType.MONEY else format(value.normalize(), "f")
    return value
