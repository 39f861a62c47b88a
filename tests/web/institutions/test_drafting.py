"""起草与批准: what the page checks while one types, what it keeps, who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.installation import look_again
from mingjing.storage.drafts.models import Draft
from tests.services.builders import House
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
LIST = "/institutions/drafts"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """What is approved goes to a folder of the test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path)
    look_again()
    yield
    look_again()


def begun(house: House) -> Draft:
    signed_in(house.manager).post(f"{LIST}/begin", {"how": "blank"})
    return Draft.objects.get()


def test_the_empty_list_says_how_to_begin(house: House) -> None:
    assert "还没有人在起草制度" in text_of(signed_in(house.manager), LIST)


def test_a_blank_begins_ready_to_be_submitted(house: House) -> None:
    draft = begun(house)
    page = text_of(signed_in(house.manager), f"{LIST}/{draft.pk}")
    assert "没有错误，3 个例子都对" in page
    assert "提交批准" in page


def test_typing_is_checked_and_not_kept(house: House) -> None:
    draft = begun(house)
    bent = draft.text.replace("待同意 → 使用中", "待同意 → 用着")
    page = signed_in(house.manager).post(f"{LIST}/{draft.pk}/check", {"text": bent}).content.decode()
    assert "没有“用着”这个状态" in page
    assert Draft.objects.get().text == draft.text


def test_what_is_wrong_is_saved_and_listed_by_line(house: House) -> None:
    draft = begun(house)
    sent = {"text": draft.text.replace("label: 会议室,", "labl: 会议室,"), "revision": "1"}
    client = signed_in(house.manager)
    assert client.post(f"{LIST}/{draft.pk}", sent).status_code == 302
    page = text_of(client, f"{LIST}/{draft.pk}")
    assert "还要改" in page
    assert "提交批准</a>" not in page


def test_an_older_window_keeps_what_was_typed_and_writes_nothing(house: House) -> None:
    draft = begun(house)
    client = signed_in(house.manager)
    client.post(f"{LIST}/{draft.pk}", {"text": draft.text + "# 一\n", "revision": "1"})
    answer = client.post(f"{LIST}/{draft.pk}", {"text": draft.text + "# 二\n", "revision": "1"})
    assert answer.status_code == 422
    assert "# 二" in answer.content.decode()
    assert Draft.objects.get().text.endswith("# 一\n")


def test_a_small_form_puts_a_field_into_the_text(house: House) -> None:
    draft = begun(house)
    form = {"label": "钥匙号", "type": "选项", "options": "1，2 3"}
    signed_in(house.manager).post(f"{LIST}/{draft.pk}/put/field", form)
    assert "field1: {label: 钥匙号, type: 选项, options: [1, 2, 3]}" in Draft.objects.get().text


@pytest.mark.parametrize("what", ["field", "state", "act", "clock"])
def test_each_small_form_offers_the_words_there_are(house: House, what: str) -> None:
    draft = begun(house)
    page = text_of(signed_in(house.manager), f"{LIST}/{draft.pk}/put/{what}")
    assert "不办了" in page
    assert "待同意" in page or what in ("field", "state", "clock")


def test_from_submission_to_force_by_another_hand(house: House) -> None:
    draft = begun(house)
    signed_in(house.manager).post(f"{LIST}/{draft.pk}/submit", {"reason": "常有冲突"})
    president = signed_in(house.president)
    assert "1 份制度等您批准" in text_of(president, LIST)
    president.post(f"{LIST}/{draft.pk}/decide", {"decision": "批准", "opinion": ""})
    assert "会议室借用登记" in text_of(signed_in(house.judge), "/institutions/ledger.room_loan")


def test_a_next_version_shows_what_it_changes(house: House) -> None:
    client = signed_in(house.manager)
    client.post(f"{LIST}/begin", {"how": "next", "like": "deadline.civil.summary"})
    draft = Draft.objects.get()
    client.post(f"{LIST}/{draft.pk}", {"text": draft.text.replace("3 个月", "4 个月", 1), "revision": "1"})
    page = text_of(client, f"{LIST}/{draft.pk}")
    assert "与现行版本相比" in page


def test_a_definition_has_to_be_named_where_one_is_copied(house: House) -> None:
    answer = signed_in(house.manager).post(f"{LIST}/begin", {"how": "copy", "like": ""})
    assert answer.status_code == 422
    assert "请选照着哪一份" in answer.content.decode()


def test_giving_up_keeps_the_text_to_read(house: House) -> None:
    draft = begun(house)
    client = signed_in(house.manager)
    client.post(f"{LIST}/{draft.pk}/drop")
    assert "已作废" in text_of(client, f"{LIST}/{draft.pk}")
    assert Draft.objects.get().text == draft.text
