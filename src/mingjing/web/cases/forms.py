"""The forms of acts on one case."""

from __future__ import annotations

from typing import Any

from django import forms

from mingjing.web.acting import DayField


def _choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", "请选择"), *((word, word) for word in words)]


class Worded(forms.Form):
    """A form whose ``word`` field offers the words of a dictionary."""

    word_label = ""

    def __init__(self, *args: Any, words: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["word"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(words)


class EventForm(Worded):
    """录入事项."""

    word = forms.ChoiceField(label="事项")
    happened = DayField(
        label="发生日期", help_text="实际发生的那一天；晚录的也填实际日期，系统另记录入时间。"
    )
    note = forms.CharField(
        label="说明", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class StrikeForm(forms.Form):
    """作废."""

    reason = forms.CharField(label="作废理由", max_length=200, help_text="原记录保留，只是不再计算。")


class ExclusionForm(Worded):
    """扣除."""

    word = forms.ChoiceField(label="扣除事由")
    first = DayField(label="起日", help_text="当天计入扣除。")
    last = DayField(label="止日", required=False, help_text="还没有结束就留空；事由消失当天来登记。")
    start_document = forms.CharField(
        label="起始文书", required=False, max_length=120, help_text="例如：鉴定委托书〔2026〕12号"
    )
    end_document = forms.CharField(label="结束文书", required=False, max_length=120)


class EndExclusionForm(forms.Form):
    """扣除结束."""

    last = DayField(label="止日", help_text="当天仍计入扣除。")
    end_document = forms.CharField(label="结束文书", required=False, max_length=120)


class ExtensionForm(forms.Form):
    """申请延长."""

    length = forms.CharField(label="延长多久", max_length=20, help_text="写作“1 个月”。")
    reason = forms.CharField(label="理由", max_length=400, widget=forms.Textarea(attrs={"rows": 4}))


class ClosingForm(Worded):
    """申请结案."""

    word = forms.ChoiceField(label="结案方式")
    closed_on = DayField(label="结案日期", help_text="宣判之日，或者送达最后一名当事人之日。")
    document = forms.CharField(
        label="结案文书", max_length=120, help_text="例如：（2026）云9801民初12号民事判决书"
    )
    checks = forms.MultipleChoiceField(
        label="终本核对",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="终结本次执行程序须逐项具备。",
    )

    def __init__(self, *args: Any, checks: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["checks"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(check, check) for check in checks]
        if not checks:
            del self.fields["checks"]


class ProcedureForm(Worded):
    """变更程序."""

    word = forms.ChoiceField(label="改用的程序")
    decided_on = DayField(label="决定日期")
    reason = forms.CharField(label="理由", max_length=200)


class HandlerForm(forms.Form):
    """变更承办人."""

    handler = forms.ChoiceField(label="新承办人")
    reason = forms.CharField(
        label="理由", max_length=200, help_text="回避、调离、健康、廉政风险等；写明批准人。"
    )

    def __init__(self, *args: Any, judges: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handler"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((str(pk), name) for pk, name in judges)]


class NoteForm(forms.Form):
    """监督意见."""

    text = forms.CharField(
        label="监督意见",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="合议庭看得到，永久保留，不能修改；只能提示和建议，不能改变合议庭的意见。",
    )


class LinkForm(forms.Form):
    """案链."""

    number = forms.CharField(
        label="前案案号", max_length=100, help_text="发回重审、再审、诉前调转立案、恢复执行的前一个案号。"
    )
    relation = forms.ChoiceField(
        label="关系",
        choices=[(w, w) for w in ("发回重审", "再审", "诉前调转立案", "恢复执行", "移送管辖", "上诉")],
    )
