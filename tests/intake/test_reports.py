"""The public entrance: a report without login, cookie or script; a receipt; what it costs a flooder."""

from __future__ import annotations

import hashlib
import re
import zipfile
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.leads.tickets import CROWDS, new_ticket, proves
from mingjing.storage.leads.models import Lead, SpentTicket
from tests.services.leads.conftest import TEXT, Office

SAID = {"court": "云9821", "text": TEXT, "reported": "林知远"}


def ticket_on(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def words_on(page: str) -> str:
    found = re.search(r'class="receipt">([^<]+)<', page)
    assert found is not None, page
    return found[1]


class Reporter:
    """Somebody at the entrance, with the clock in hand."""

    def __init__(self, moment: object) -> None:
        self.client, self.moment = Client(enforce_csrf_checks=True), moment
        self.minute = 0

    def fetch(self, path: str = "/report/") -> str:
        return self.client.get(path).content.decode()

    def wait(self) -> None:
        assert callable(self.moment)
        self.minute += 1
        self.moment(f"2024-04-01T09:{self.minute:02}:00")

    def report(self, **said: object) -> str:
        ticket = ticket_on(self.fetch())
        self.wait()
        return self.client.post("/report/", {**SAID, "ticket": ticket, **said}).content.decode()


@pytest.fixture
def reporter(office: Office, moment: object) -> Reporter:
    return Reporter(moment)


def test_a_report_ends_with_eight_words_and_no_cookie(reporter: Reporter) -> None:
    page = reporter.report()
    assert len(words_on(page).split()) == 8
    assert Lead.objects.get().commitment in page
    assert not reporter.client.cookies


def test_the_receipt_shows_progress_and_takes_a_message(reporter: Reporter) -> None:
    words = words_on(reporter.report())
    page = reporter.client.post("/report/ask/", {"words": words}).content.decode()
    assert "已收到，等待受理" in page and TEXT in page
    reporter.wait()
    said = {"words": words, "message": "补充：那天是星期三", "ticket": ticket_on(page)}
    page = reporter.client.post("/report/ask/", said).content.decode()
    assert "补充：那天是星期三" in page
    assert not reporter.client.cookies


def test_too_early_keeps_what_was_written_and_the_ticket(reporter: Reporter) -> None:
    ticket = ticket_on(reporter.fetch())
    answer = reporter.client.post("/report/", {**SAID, "ticket": ticket})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还差" in page and TEXT in page and ticket_on(page) == ticket
    assert not Lead.objects.exists()
    reporter.wait()
    assert words_on(reporter.client.post("/report/", {**SAID, "ticket": ticket}).content.decode())


def test_a_proof_of_work_goes_at_once(reporter: Reporter) -> None:
    ticket = new_ticket()
    proof = next(str(tried) for tried in count() if proves(ticket.nonce, str(tried), ticket.bits))
    said = {**SAID, "ticket": ticket.text, "proof": proof}
    assert words_on(reporter.client.post("/report/", said).content.decode())


def test_a_ticket_is_good_once(reporter: Reporter) -> None:
    ticket = ticket_on(reporter.fetch())
    reporter.wait()
    said = {**SAID, "ticket": ticket}
    assert words_on(reporter.client.post("/report/", said).content.decode())
    again = reporter.client.post("/report/", said)
    assert again.status_code == 422 and "已经提交过了" in again.content.decode()
    assert Lead.objects.count() == 1


@pytest.mark.parametrize("ticket", ["", "伪造", "a:b:c"])
def test_a_forged_ticket_is_refused_with_a_new_one(reporter: Reporter, ticket: str) -> None:
    answer = reporter.client.post("/report/", {**SAID, "ticket": ticket})
    assert answer.status_code == 422 and ticket_on(answer.content.decode()) not in ("", ticket)
    assert not Lead.objects.exists()


def test_a_flood_makes_the_next_report_cost_more_and_loses_none(reporter: Reporter) -> None:
    from mingjing.services.installation import now

    plain = new_ticket()
    SpentTicket.objects.bulk_create(SpentTicket(nonce=f"w{one}", at=now()) for one in range(250))
    beside = new_ticket()
    assert (beside.wait, beside.bits) == (plain.wait, plain.bits), "a crowd at the window is not theirs"
    SpentTicket.objects.bulk_create(SpentTicket(nonce=f"r{one}", at=now()) for one in range(250))
    crowded = new_ticket()
    assert (crowded.wait, crowded.bits) > (plain.wait, plain.bits)
    assert [one[0] for one in CROWDS] == sorted((one[0] for one in CROWDS), reverse=True)
    reporter.minute = 5
    assert words_on(reporter.report())


def test_forms_fetched_while_it_was_quiet_cost_what_the_hour_costs(reporter: Reporter) -> None:
    from mingjing.services.installation import now

    hoarded = [new_ticket() for _ in range(3)]
    reporter.wait()
    assert words_on(reporter.client.post("/report/", {**SAID, "ticket": hoarded[0].text}).content.decode())
    SpentTicket.objects.bulk_create(SpentTicket(nonce=f"r{one}", at=now()) for one in range(10_000))
    nonce, bits = hoarded[1].nonce, hoarded[1].bits  # enough for the quiet hour, not by chance for this one
    enough = (str(one) for one in count() if proves(nonce, str(one), bits))
    proof = next(one for one in enough if not proves(nonce, one, bits + 1))
    for said in ({"ticket": hoarded[1].text}, {"ticket": hoarded[1].text, "proof": proof}):
        page = reporter.client.post("/report/", {**SAID, **said}).content.decode()
        assert "要过 120 秒才能提交" in page and TEXT in page
    assert Lead.objects.count() == 1
    reporter.wait()
    reporter.wait()
    assert words_on(reporter.client.post("/report/", {**SAID, "ticket": hoarded[2].text}).content.decode())


def test_a_day_of_files_is_full_at_some_size_and_words_are_still_taken(
    reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingjing.services.leads.uploads.number_set", lambda *_: 1)
    letter = b"a letter " * 60_000
    words = words_on(reporter.report(files=SimpleUploadedFile("一.txt", letter)))
    page = reporter.report(files=SimpleUploadedFile("二.txt", letter))
    assert "今天收的附件已经满了" in page and "内容照收" in page and TEXT in page
    ticket = ticket_on(reporter.fetch())
    reporter.wait()
    more = {
        "words": words,
        "message": "补充",
        "ticket": ticket,
        "files": SimpleUploadedFile("三.txt", letter),
    }
    assert "今天收的附件已经满了" in reporter.client.post("/report/ask/", more).content.decode()
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1
    assert words_on(reporter.report()) and Lead.objects.count() == 2


def test_an_empty_report_is_refused_in_its_field(reporter: Reporter) -> None:
    assert 'class="wrong"' in reporter.report(text="  ")
    assert not Lead.objects.exists()


def test_wrong_words_find_nothing(reporter: Reporter) -> None:
    reporter.report()
    for words in ("青山", "青山 红水 白云 蓝月 金花 玉鸟 春石 夏竹", "随便写的字"):
        answer = reporter.client.post("/report/ask/", {"words": words})
        assert answer.status_code == 422 and TEXT not in answer.content.decode()


def test_files_are_sealed_and_never_lie_on_the_disk_in_the_open(reporter: Reporter) -> None:
    letter = SimpleUploadedFile("举报信.txt", "第三页有签名".encode())
    words_on(reporter.report(files=letter))
    stored = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(stored) == 1 and "第三页有签名".encode() not in stored[0]


def test_a_program_or_a_bomb_is_refused_and_the_report_not_taken(reporter: Reporter) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.bin", b"\0" * (40 << 20))
    for name, content in (("工资.exe", b"MZ"), ("照片.zip", packed.getvalue())):
        page = reporter.report(files=SimpleUploadedFile(name, content))
        assert 'class="refused"' in page and TEXT in page
    assert not Lead.objects.exists()


def test_the_pages_run_nothing_from_elsewhere_and_are_kept_nowhere(reporter: Reporter) -> None:
    for path in ("/report/", "/report/ask/"):
        answer = reporter.client.get(path)
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "<style" not in answer.content.decode()


@given(st.text(max_size=8), st.integers(1, 12))
def test_a_proof_is_what_the_hash_says(proof: str, bits: int) -> None:
    digest = hashlib.sha256(f"票:{proof}".encode()).hexdigest()
    leading = len(bin(int(digest, 16) | 1 << 256)[3:]) - len(bin(int(digest, 16))[2:])
    assert proves("票", proof, bits) == (bool(proof) and leading >= bits)
