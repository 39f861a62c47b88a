"""A disk that is really full: a small file system, a person at the page, and room again afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from mingjing.services.full_disk import disk_refusal
from tests.services.crashes.cluster import Cluster, programs
from tests.services.crashes.test_no_write_is_lost_or_half_done import ROOT

AT_THE_PAGE = """
import json, os, sys, django
from pathlib import Path
data = Path(os.environ["MINGJING_DATA"])
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.db import connection
from django.test import Client
from mingjing.services.proving.checking import verify_log
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import CaseEvent
from mingjing.storage.people.models import Account
from tests.services.builders import build_house, file_case
house = build_house()
case = file_case(house)
browser = Client(headers={"host": "localhost"}, raise_request_exception=False)
browser.force_login(Account.objects.create_account("linzhiyuan", "a-long-password", house.judge))
def record():
    sent = {"word": "开庭", "happened": "2024-03-28", "note": ""}
    found = browser.post(f"/cases/{case.pk}/event", sent)
    return {"status": found.status_code, "text": found.content.decode(), "events": CaseEvent.objects.count(),
            "entries": Act.objects.count(), "reads": browser.get(f"/cases/{case.pk}").status_code}
before = {"events": CaseEvent.objects.count(), "entries": Act.objects.count()}
with connection.cursor() as cursor:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else there is room in the write-ahead file
ballast = data / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(4096))
    except OSError:
        pass
full = record()
ballast.unlink()
room = record()
print(json.dumps({"before": before, "full": full, "room": room, "sound": verify_log().sound}))
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of twelve megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=12m", "mingjing-test", str(place)]
    if mount is None or os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small file system is not permitted here: it needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_in_words_and_leaves_nothing_half_done(small: Path) -> None:
    own = {
        "MINGJING_DATA": str(small),
        "MINGJING_NOW": "2024-04-01T09:00:00",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "mingjing.site.settings",
    }
    command = [sys.executable, "-c", AT_THE_PAGE]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    full, room = found["full"], found["room"]
    assert full["status"] == 507, full["text"][-800:]
    assert "服务器磁盘已满，这一步没有办成" in full["text"]
    assert {"events": full["events"], "entries": full["entries"]} == found["before"]
    assert full["reads"] == 200, "reading goes on while the disk is full"
    assert room["status"] in (200, 302)
    assert (room["events"], room["entries"]) == (full["events"] + 1, full["entries"] + 1)
    assert found["sound"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "磁盘已满"),
        (OSError(5, "Input/output error"), "读写失败"),
        (OperationalError("database or disk is full"), "磁盘已满"),
        (OperationalError("disk I/O error"), "读写失败"),
        (OperationalError('could not extend file "base/1/2": No space left on device'), "磁盘已满"),
    ],
)
def test_both_databases_and_the_file_system_are_understood(error: Exception, words: str) -> None:
    refusal = disk_refusal(error)
    assert refusal is not None and words in refusal.message


def test_what_is_no_fault_of_the_disk_is_not_called_one() -> None:
    assert disk_refusal(OperationalError("database is locked")) is None
    assert disk_refusal(FileNotFoundError(2, "No such file")) is None
    assert disk_refusal(ValueError("disk is full of errors")) is None


ON_A_SERVER = """
import json, os, django
from pathlib import Path
disk = Path(os.environ["DISK"])
django.setup()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.db import connection
from django.test import Client
from mingjing.services.proving.checking import verify_log
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import CaseEvent
from mingjing.storage.people.models import Account
from tests.services.builders import build_house, file_case
house = build_house()
case = file_case(house)
browser = Client(headers={"host": "localhost"}, raise_request_exception=False)
browser.force_login(Account.objects.create_account("linzhiyuan", "a-long-password", house.judge))
def counts():
    return [CaseEvent.objects.count(), Act.objects.count()]
def record(number):
    sent = {"word": "开庭", "happened": "2024-03-28", "note": f"第{number}次" + "庭" * 150}
    return browser.post(f"/cases/{case.pk}/event", sent)
with connection.cursor() as cursor:
    for statement in ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT"):
        cursor.execute(statement)
ballast = disk / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(4096))
    except OSError:
        pass
kept = []
for number in range(60):
    before = counts()
    answer = record(number)
    if answer.status_code == 507:
        break
    kept.append(counts() == [before[0] + 1, before[1] + 1])
full = {"status": answer.status_code, "text": answer.content.decode(), "same": counts() == before,
        "reads": browser.get(f"/cases/{case.pk}").status_code}
ballast.unlink()
room = record(99).status_code
more = counts() == [before[0] + 1, before[1] + 1]
print(json.dumps({"kept": kept, "full": full, "room": room, "more": more, "sound": verify_log().sound}))
"""


@pytest.fixture
def small_server(tmp_path: Path, shim: Path) -> Iterator[Cluster]:
    """A server whose whole cluster lies on a file system of its own."""
    if programs() is None:
        pytest.skip("no initdb on this machine: PostgreSQL's programs are not installed")
    with tempfile.TemporaryDirectory(prefix="mingjing-full-") as name:
        Path(name).chmod(0o755)
        command = ["mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "mingjing-test", name]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("mounting a small file system is not permitted here: it needs root")
        cluster = Cluster(Path(name) / "server", shim)
        try:
            cluster.make()
            yield cluster
        finally:
            cluster.close()
            subprocess.run(["umount", name], check=True)


def test_a_full_disk_of_the_server_is_told_in_words_and_leaves_nothing_half_done(
    small_server: Cluster, tmp_path: Path
) -> None:
    own = {
        "MINGJING_DATA": str(tmp_path),
        "MINGJING_NOW": "2024-04-01T09:00:00",
        "DJANGO_SETTINGS_MODULE": "mingjing.site.settings",
        "DISK": str(small_server.folder),
        **small_server.url,
    }
    command = [sys.executable, "-c", ON_A_SERVER]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert all(found["kept"]), "what fits into the pages there are is kept"
    assert found["full"]["status"] == 507, found["full"]["text"][-800:]
    assert "服务器磁盘已满，这一步没有办成" in found["full"]["text"]
    assert found["full"]["same"], "nothing half done"
    assert found["full"]["reads"] == 200, "reading goes on while the disk is full"
    assert found["room"] in (200, 302) and found["more"]
    assert found["sound"]
