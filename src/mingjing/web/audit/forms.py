"""What is asked for about witnesses."""

from __future__ import annotations

from typing import Any

from django import forms


class WitnessForm(forms.Form):
    """A witness and its public key."""

    name = forms.CharField(label="见证单位", max_length=60, help_text="如 云溪市人民检察院")
    vkey = forms.CharField(
        label="公钥",
        max_length=240,
        help_text="对方执行 mingjing witness init 后显示的一行；请当面或者书面核对。",
    )


class EndForm(forms.Form):
    """Why a witness ends."""

    why = forms.CharField(label="理由", max_length=200, help_text="如 换了密钥，另行登记")


class ReceiveForm(forms.Form):
    """What a witness sent back, as a file or as its text."""

    file = forms.FileField(label="见证人送回的文件", required=False)
    text = forms.CharField(
        label="或者把内容贴在这里",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    longest = 100_000

    def clean(self) -> dict[str, Any]:
        """The note under ``note``."""
        found: dict[str, Any] = super().clean() or {}
        file, text = found.get("file"), found.get("text", "")
        if not file and not text.strip():
            raise forms.ValidationError("请选择文件，或者贴上内容。")
        raw = file.read(self.longest) if file else text.replace("\r\n", "\n").strip("\n").encode() + b"\n"
        try:
            found["note"] = raw.decode()
        except UnicodeDecodeError:
            raise forms.ValidationError("这个文件不是文本，不是见证人送回的检查点。") from None
        return found
