"""制度沙盘: a draft is tried over the cases its author sees; a mistake is shown by line and column."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.storage.auditlog.models import Act
from tests.house.tree import ROOT
from tests.services.builders import House, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
TRY = "/institutions/try"
SUMMARY = (ROOT / "institutions/cn/deadlines/civil/summary.yaml").read_text(encoding="utf-8")
SHORTER = SUMMARY.replace("limit: 3 个月", "limit: 1 个月")


def test_the_page_starts_from_an_existing_definition(house: House) -> None:
    page = text_of(signed_in(house.manager), f"{TRY}?id=deadline.civil.summary")
    assert "id: deadline.civil.summary" in page


def test_a_pasted_draft_shows_what_would_change_and_writes_nothing(house: House) -> None:
    case = file_case(house)
    before = Act.objects.count()
    answer = signed_in(house.manager).post(TRY, {"text": SHORTER})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert case.number in page
    assert "最迟 2024-04-15" in page
    assert "limit: 1 个月" in page, "the draft stays in the form"
    assert Act.objects.count() == before


def test_an_uploaded_file_goes_before_the_text(house: House) -> None:
    file_case(house)
    file = SimpleUploadedFile("draft.yaml", SHORTER.encode())
    answer = signed_in(house.manager).post(TRY, {"text": "not this", "file": file})
    assert "最迟 2024-04-15" in answer.content.decode()


def test_a_mistake_is_shown_by_line_and_column_with_the_draft_kept(house: House) -> None:
    broken = SUMMARY.replace("limit: 3 个月", "limit: 3月", 1)
    line = broken.split("\n").index("    limit: 3月") + 1
    answer = signed_in(house.manager).post(TRY, {"text": broken})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{line} : 12" in page
    assert "不认识的时长“3月”" in page
    assert page.count("limit: 3月") == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "请贴上草稿"),
        ({"file": SimpleUploadedFile("draft.yaml", "期限".encode("gb18030"))}, "不是 UTF-8"),
        ({"text": SUMMARY, "since": "三月"}, "since"),
        ({"text": "# 标签\n\nid: dictionary.x\n"}, "处错误"),
    ],
    ids=["nothing", "another encoding", "a day nobody can read", "half a dictionary"],
)
def test_what_cannot_be_tried_is_explained(house: House, sent: dict[str, object], said: str) -> None:
    answer = signed_in(house.manager).post(TRY, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
