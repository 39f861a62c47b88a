"""The forms of an import."""

from __future__ import annotations

from typing import Any

from django import forms

from mingjing.imports.encoding import CHOICES
from mingjing.storage.people.models import Court

ENCODINGS = [("", "自动识别"), *((name, name) for name in CHOICES)]


class UploadForm(forms.Form):
    """上传."""

    court = forms.ChoiceField(label="属于哪个法院")
    file = forms.FileField(
        label="文件",
        max_length=200,
        help_text=".xlsx、.xls、.ods、.csv，或日志 .xes、.json、.jsonl（可带 .gz 或 .zip）。"
        "先预检，确认后才写入。",
        error_messages={"required": "没有选文件。", "empty": "文件是空的（0 字节）。请检查导出是否成功。"},
    )

    encoding = forms.ChoiceField(
        label="编码",
        choices=ENCODINGS,
        required=False,
        help_text="只有 CSV 等文字文件用得上；乱码时再选。",
    )

    def __init__(self, *args: Any, courts: tuple[Court, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["court"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(court.pk), court.name) for court in courts]
        if len(courts) == 1:
            field.initial = str(courts[0].pk)
            field.widget = forms.HiddenInput()


class EncodingForm(forms.Form):
    """编码."""

    encoding = forms.ChoiceField(label="编码", choices=ENCODINGS, required=False)


class YamlForm(forms.Form):
    """列对应的原文."""

    text = forms.CharField(
        label="列对应",
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false", "class": "code"}),
        help_text="日志里的每件案件、每个事项各看哪一项；写法见 文档 · 导入。",
    )
    name = forms.CharField(
        label="保存为", required=False, max_length=60, help_text="下次可以直接选；不填就只用这一次。"
    )
