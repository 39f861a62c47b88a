"""制度沙盘: a draft over the cases there are; nothing is written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from mingjing.definitions.problems import DefinitionErrors
from mingjing.domain.reasons import Refusal
from mingjing.services.drafting.verbs import seen_draft
from mingjing.services.reading.institutions import text_of
from mingjing.services.trying import Trial, try_text
from mingjing.web.acting import DayField
from mingjing.web.routing import Route, StaffRequest

MOST_BYTES = 1_000_000
SHOWN = 40


class DraftForm(forms.Form):
    """A draft, pasted or as a file."""

    text = forms.CharField(
        label="草稿全文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "mono", "spellcheck": "false", "wrap": "off"}),
        help_text="一份期限、流程、筛查，或者台账、填报、审批等的制度文件。编号与现行制度相同的，当作代替它来算。",
    )
    file = forms.FileField(
        label="或者上传文件", required=False, help_text="UTF-8 编码的 .yaml，选了文件就以文件为准。"
    )
    since = DayField(label="只算这一天以后立案的", required=False)

    def clean(self) -> dict[str, Any]:
        """The draft as text, from whichever of the two was given."""
        data = super().clean() or {}
        file = data.get("file")
        if isinstance(file, UploadedFile):
            data["text"] = self._read(file)
        elif not (data.get("text") or "").strip():
            self.add_error("text", "请贴上草稿，或者选一个文件。")
        return data

    def _read(self, file: UploadedFile[Any]) -> str:
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"文件有 {file.size} 字节，制度文件最多 {MOST_BYTES} 字节。")
        try:
            return str(file.read().decode("utf-8").replace("\r\n", "\n"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "文件不是 UTF-8 编码。请用编辑器另存为 UTF-8（不带 BOM）再传。"
            ) from None


def institution_try(request: StaffRequest) -> HttpResponse:
    """Show the form; on sending, what the draft would change."""
    request.family = "制度"
    form = DraftForm(request.POST or None, request.FILES or None, initial=_initial(request))
    trial: Trial | None = None
    refusal: Refusal | None = None
    broken: DefinitionErrors | None = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        form = DraftForm(initial={"text": text, "since": form.cleaned_data["since"]})
        try:
            trial = try_text(request.actor, text, since=form.initial["since"])
        except Refusal as refused:
            refusal = refused
        except DefinitionErrors as errors:
            broken = errors
    context = {
        "form": form,
        "trial": trial,
        "refusal": refusal,
        "broken": broken,
        "burdens": trial.burdens()[:SHOWN] if trial else [],
        "budget": settings.CONFIGURATION.alert_budget,
        **(_over(trial) if trial else {}),
        "shown": SHOWN,
        "on": request.actor.on,
    }
    wrong = bool(refusal or broken or form.errors or (trial and trial.problems))
    return render(request, "pages/institutions/try.html", context, status=422 if wrong else 200)


def _over(trial: Trial) -> dict[str, object]:
    budget = settings.CONFIGURATION.alert_budget
    return {"over": trial.after.over(budget), "over_before": trial.before.over(budget)}


def _initial(request: StaffRequest) -> dict[str, str]:
    """The text of an existing definition, or of a draft, to start from."""
    id_, draft = request.GET.get("id", ""), request.GET.get("draft", "")
    if draft.isascii() and draft.isdigit():
        return {"text": seen_draft(request.actor, int(draft[:9])).text}
    return {"text": text_of(request.actor, id_)[0].text} if id_ else {}


routes = (Route("institutions/try", institution_try, "institution-try", "试算制度"),)
