"""审计: checkpoints, witnesses, verification on the page; what anybody may fetch; proofs of a case."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from mingjing.services.acts import CLOCK
from mingjing.services.proving import witness_office
from mingjing.services.proving.asked_checks import work_one_check
from mingjing.services.proving.checkpoints import latest, sign_checkpoint
from mingjing.services.proving.own_key import own_key
from mingjing.services.record_event import record_event
from mingjing.storage.auditlog.models import Act, LogCheck, SignedCheckpoint, Witness
from mingjing.storage.people.models import Person
from tests.services.builders import House, acting, file_case, hire
from tests.services.conftest import triggers_apart
from tests.services.proving.conftest import some_acts, statement
from tests.services.proving.test_checkpoints_and_witnesses import AT
from tests.verifier.tool import verify
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(house: House, settings: Settings, tmp_path: Path) -> Person:
    """Somebody who verifies the log, in a court with a data folder of its own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path / "data")
    some_acts(5)
    return hire(house.court, "温故", "审计管理员", house.office)


def test_a_checkpoint_is_signed_on_the_page_and_downloaded(auditor: Person) -> None:
    client = signed_in(auditor)
    assert "没有符合条件的检查点" in text_of(client, "/acts/checkpoints")
    client.post("/acts/checkpoints/sign")
    found = latest()
    page = text_of(client, "/acts/checkpoints")
    assert f"{found.size:,}" in page
    assert own_key().vkey in page
    answer = client.get(f"/acts/checkpoints/{found.size}")
    assert answer.content.decode() == found.note
    assert client.get("/acts/checkpoints/999999").status_code == 404


def test_the_list_is_filtered_and_exported(auditor: Person) -> None:
    sign_checkpoint(CLOCK)
    client = signed_in(auditor)
    assert "1 个" in text_of(client, "/acts/checkpoints?by=没有副署&since=2024-04-01")
    assert "没有符合条件的检查点" in text_of(client, "/acts/checkpoints?by=有副署")
    assert "没有符合条件的检查点" in text_of(client, "/acts/checkpoints?since=2024-04-02")
    sheet = load_workbook(BytesIO(client.get("/acts/checkpoints/export").content)).active
    assert sheet is not None
    assert any(row[3] == latest().root for row in sheet.iter_rows(values_only=True))


def test_anybody_fetches_the_checkpoint_and_the_key_and_nothing_else(auditor: Person) -> None:
    client = Client()
    assert client.get("/log/checkpoint").status_code == 404
    first = sign_checkpoint(CLOCK)
    some_acts(4)
    second = sign_checkpoint(CLOCK)
    answer = client.get("/log/checkpoint", {"old": first.size})
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert text.startswith(f"old {first.size}\n")
    assert text.endswith(second.note)
    assert client.get("/log/checkpoint", {"old": "x" * 40}).content.decode() == f"old 0\n\n{second.note}"
    assert client.get("/log/key").content.decode().strip() == own_key().vkey


def test_a_witness_is_admitted_sends_back_its_signature_and_ends(
    auditor: Person, house: House, tmp_path: Path
) -> None:
    highest = hire(house.higher, "温如", "审计管理员", None)
    client, office = signed_in(highest), tmp_path / "office"
    key = witness_office.begin(office, "yunxi/witness").vkey
    assert "还没有见证单位" in text_of(client, "/acts/witnesses")
    answer = client.post("/acts/witnesses/new", {"name": "云溪市人民检察院", "vkey": key[:-3]})
    assert answer.status_code == 422
    client.post("/acts/witnesses/new", {"name": "云溪市人民检察院", "vkey": key})
    sign_checkpoint(CLOCK)
    handed = tmp_path / "handed.txt"
    handed.write_bytes(client.get("/log/checkpoint").content)
    note = witness_office.witness(office, own_key().vkey, str(handed), AT).note
    file = SimpleUploadedFile("7.txt", note.encode())
    assert client.post("/acts/countersignatures/new", {"file": file}).status_code == 302
    assert "云溪市人民检察院" in text_of(client, "/acts/checkpoints?by=有副署")
    assert "1 次" in text_of(client, "/acts/witnesses")
    answer = client.post("/acts/countersignatures/new", {"text": note})
    assert "没有新的" in answer.content.decode()
    assert "请选择文件" in client.post("/acts/countersignatures/new", {"text": " "}).content.decode()
    witness = Witness.objects.get()
    client.post(f"/acts/witnesses/{witness.pk}/end", {"why": "换了密钥"})
    witness.refresh_from_db()
    assert witness.until is not None


def test_the_log_is_verified_with_progress_and_the_first_bad_entry_is_named(auditor: Person) -> None:
    client = signed_in(auditor)
    client.post("/acts/check")
    client.post("/acts/check")
    assert LogCheck.objects.count() == 1
    assert "排队等候" in text_of(client, "/acts/check")
    assert work_one_check()
    assert not work_one_check()
    assert "全部成立" in text_of(client, "/acts/check")
    with triggers_apart():
        statement("UPDATE auditlog_act SET why = '改写' WHERE seq = 2")
    client.post("/acts/check")
    work_one_check()
    page = text_of(client, "/acts/check")
    assert "有不成立的" in page
    assert "最早不对的是第 2 条" in page
    assert "请保全现场" in page
    assert Act.objects.get(seq=2).why == "改写", "nothing is repaired"


def test_a_lost_key_is_told_on_the_page(auditor: Person, settings: Settings) -> None:
    sign_checkpoint(CLOCK)
    (Path(settings.CONFIGURATION.data) / "keys" / "log-signing-key").unlink()
    client = signed_in(auditor)
    assert "签名密钥文件不在数据目录里" in text_of(client, "/acts/checkpoints")
    client.post("/acts/checkpoints/sign")
    assert SignedCheckpoint.objects.count() == 1


def test_a_judge_takes_the_proof_of_their_case(auditor: Person, house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    record_event(acting(house.judge), case_id=case.pk, kind="移送审判庭", happened=date(2024, 3, 14))
    assert f"/cases/{case.pk}/proof" in client.get(f"/cases/{case.pk}").content.decode()
    answer = client.get(f"/cases/{case.pk}/proof")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as box:
        assert case.number in box.read("说明.html").decode()
    said: list[str] = []
    verify.check_proof(verify.unpack(answer.content), [own_key().vkey], said.append)
    assert any("录入事项" in one for one in said)
    assert signed_in(house.stranger).get(f"/cases/{case.pk}/proof").status_code == 404
