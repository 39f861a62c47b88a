"""The receipt as a file: checked by the verifier alone, silent about what was reported."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.services.acts import CLOCK
from mingjing.services.leads.receipts import fits
from mingjing.services.leads.receiving import Report, receive
from mingjing.services.leads.sight import open_lead
from mingjing.services.proving.checkpoints import sign_checkpoint
from mingjing.services.proving.own_key import own_key
from mingjing.storage.auditlog.models import Act
from mingjing.storage.leads.models import Lead
from tests.intake.test_reports import Reporter, words_on
from tests.services.builders import acting
from tests.services.leads.conftest import TEXT, Office
from tests.verifier.tool import verify

pytestmark = pytest.mark.usefixtures("log_key")


@pytest.fixture
def reporter(office: Office, moment: object) -> Reporter:
    return Reporter(moment)


def given(reporter: Reporter, words: str, what: str) -> Any:
    """The answer to whoever presses one of the two buttons."""
    return reporter.client.post("/report/ask/", {"words": words, "give": what})


def checked(folder: Path, receipt: bytes, content: bytes | None = None, key: str = "") -> int:
    """The exit status of the verifier over files of these bytes."""
    (folder / "receipt.json").write_bytes(receipt)
    said = ["receipt", str(folder / "receipt.json"), "--key", key or own_key().vkey]
    if content is not None:
        (folder / "content.txt").write_bytes(content)
        said += ["--content", str(folder / "content.txt")]
    status: int = verify.main(said)
    return status


def test_the_verifier_alone_confirms_date_and_content(reporter: Reporter, tmp_path: Path) -> None:
    note = SimpleUploadedFile("流水.txt", "三月十二日转账".encode())
    words = words_on(reporter.report(files=note))
    sign_checkpoint(CLOCK)
    receipt, content = given(reporter, words, "回执"), given(reporter, words, "内容")
    assert 'filename="receipt.json"' in receipt["Content-Disposition"]
    assert receipt["Cache-Control"] == "no-store"
    assert TEXT in content.content.decode() and "流水.txt SHA-256" in content.content.decode()
    assert checked(tmp_path, receipt.content, content.content) == 0
    assert sorted(json.loads(receipt.content)) == [
        "checkpoint", "content_salt", "entries", "format", "hash",
    ]  # fmt: skip


def test_the_receipt_says_no_word_of_the_report(reporter: Reporter) -> None:
    words = words_on(reporter.report(reporter="周有信", contact="信箱七号"))
    sign_checkpoint(CLOCK)
    lead = Lead.objects.get()
    said = given(reporter, words, "回执").content.decode()
    for word in (TEXT[:6], "林知远", "周有信", "信箱七号", "云9821", lead.number, lead.mark, *words.split()):
        assert word not in said


def test_what_was_handed_in_carries_no_name_of_whoever_reported(reporter: Reporter) -> None:
    words = words_on(reporter.report(reporter="周有信", contact="信箱七号"))
    said = given(reporter, words, "内容").content.decode()
    assert TEXT in said and "周有信" not in said and "信箱七号" not in said


def test_no_single_bit_of_either_file_can_change(reporter: Reporter, tmp_path: Path) -> None:
    words = words_on(reporter.report())
    sign_checkpoint(CLOCK)
    receipt, content = (given(reporter, words, what).content for what in ("回执", "内容"))
    chance, key = Random(20260901), own_key().vkey
    for place in range(len(receipt)):
        changed = bytearray(receipt)
        changed[place] ^= 1 << chance.randrange(8)
        assert checked(tmp_path, bytes(changed), key=key) != 0, (place, bytes(changed[place - 9 : place + 9]))
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        assert checked(tmp_path, receipt, bytes(changed), key=key) == 1


def test_another_court_s_key_confirms_nothing(reporter: Reporter, tmp_path: Path) -> None:
    from tests.verifier.bundles import LOG_KEY

    words = words_on(reporter.report())
    sign_checkpoint(CLOCK)
    assert checked(tmp_path, given(reporter, words, "回执").content, key=LOG_KEY) == 1


def test_before_the_next_checkpoint_there_is_none_and_asking_signs_none(reporter: Reporter) -> None:
    words = words_on(reporter.report())
    before = Act.objects.count()
    page = reporter.client.post("/report/ask/", {"words": words}).content.decode()
    assert "下载回执文件" not in page and "明天再凭这八个词来取" in page
    refused = given(reporter, words, "回执")
    assert refused.status_code == 422 and "明天再凭这八个词来取" in refused.content.decode()
    assert Act.objects.count() == before, "an entry or a checkpoint out of turn would tell on the reporter"


def test_whoever_was_registered_by_hand_has_the_proof_but_not_the_clerk_s_words(
    reporter: Reporter, office: Office, tmp_path: Path
) -> None:
    words = receive(
        Report(office.house.court, TEXT, (office.house.judge.name,), channel="来信"), acting(office.chief)
    ).receipt.words
    sign_checkpoint(CLOCK)
    assert checked(tmp_path, given(reporter, words, "回执").content) == 0
    refused = given(reporter, words, "内容")
    assert refused.status_code == 422 and TEXT not in refused.content.decode()


def test_the_team_sees_that_what_it_opens_is_what_was_handed_in(reporter: Reporter, office: Office) -> None:
    reporter.report()
    lead, pieces = open_lead(acting(office.chief), Lead.objects.get().pk, office.opened(office.chief))
    said = dict(pieces[0].says)
    assert fits(lead, said)
    assert not fits(lead, {**said, "内容": TEXT + "。"})


def test_every_sealed_entry_looks_like_every_other(reporter: Reporter, office: Office) -> None:
    reporter.report()
    open_lead(acting(office.chief), Lead.objects.get().pk, office.opened(office.chief))
    shapes = {
        (one.verb, one.court, one.actor, tuple(sorted(json.loads(one.payload))), len(one.payload))
        for one in Act.objects.filter(verb="密件")
    }
    assert len(shapes) == 1
