"""A database of a landed release is brought to this version, keeps its log, shows its pages, works on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.upgrades.bringing import RELEASES, earlier, in_process

GO_ON = """
import json, django
django.setup()
from datetime import date
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from django.test import Client
from mingjing.services.keeping.tables import root_of_log
from mingjing.services.proving.checking import verify_log
from mingjing.services.record_event import record_event
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Account, Person
from tests.services.builders import acting
before = root_of_log()
login = Account.objects.get(username="linzhiyuan")
browser = Client(headers={"host": "localhost"})
browser.force_login(login)
case = Case.objects.order_by("pk")[2]
pages = {place: browser.get(place).status_code for place in ("/", "/cases", f"/cases/{case.pk}", "/alerts")}
record_event(acting(login.person), case_id=case.pk, kind="开庭", happened=date(2024, 4, 1))
found = verify_log()
print(json.dumps({
    "size": before[0], "root": before[1], "pages": pages, "cases": Case.objects.count(),
    "people": Person.objects.count(), "last": Act.objects.latest("seq").verb, "sound": found.sound,
}))
"""


@pytest.mark.parametrize("release", sorted(path.name.partition(".")[0] for path in RELEASES.glob("*.gz")))
def test_a_database_of_an_earlier_release_goes_on(release: str, tmp_path: Path) -> None:
    earlier(release, tmp_path)
    done = in_process(tmp_path, "-c", GO_ON)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    kept = json.loads((RELEASES / f"{release}.json").read_text(encoding="utf-8"))
    assert {"size": found["size"], "root": found["root"]} == kept, "the log is no longer what it was"
    assert set(found["pages"].values()) == {200}, found["pages"]
    assert (found["cases"], found["people"] > 10, found["last"], found["sound"]) == (
        3,
        True,
        "录入事项",
        True,
    )


def test_there_is_a_release_to_upgrade_and_each_is_small() -> None:
    packed = list(RELEASES.glob("*.gz"))
    assert len(packed) >= 1
    assert all(path.stat().st_size < 300_000 for path in packed)
