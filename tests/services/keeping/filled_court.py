"""A court with something of every kind, and what can be seen of it: programs of their own for the tests of
moving from one database to another.

    python -m tests.services.keeping.filled_court fill     an empty installation is filled; prints a receipt
    python -m tests.services.keeping.filled_court look     prints a digest of everything, as JSON
    python -m tests.services.keeping.filled_court go-on W  opens, verifies and writes on, with receipt W
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

QUICK = (1, 8 << 10)
LETTER = "第三页有签名"


def fill() -> dict[str, Any]:
    """Cases, documents, an archive, a draw, records, the window, a lead with its talk, a signed log."""
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile

    from mingjing.services.acts import CLOCK
    from mingjing.services.draws.drawing import draw_day
    from mingjing.services.leads import talking
    from mingjing.services.leads.receiving import Report, SealedFile, receive
    from mingjing.services.papers.sealing import seal_case
    from mingjing.services.proving.checkpoints import sign_checkpoint
    from mingjing.services.window import entering
    from tests.services.builders import acting, build_house
    from tests.services.every_verb import papers, window
    from tests.services.every_verb.world import World
    from tests.services.leads.conftest import TEXT

    world = World(build_house(), Path(settings.CONFIGURATION.data))
    seal_case(world.manager, case_id=papers.archived(world).pk)
    day = world.hall.locked(world.hall.case(), world.hall.case())
    world.hall.promise(day)
    world.hall.reveal(day)
    draw_day(acting(world.hall.filing), day.pk)
    files = {"files": [SimpleUploadedFile("起诉状.txt", b"please pay", "text/plain")]}
    entering.enter(world.house.court, window.FILING, window.FILED, files)
    office = world.office
    letter = SealedFile("账本.txt", "text/plain", LETTER.encode())
    report = Report(world.house.court, TEXT, (world.house.judge.name,), "民事审判第一庭", files=(letter,))
    got = receive(report)
    talking.write_message(got.receipt.words, "会后面谈")
    talking.answer(world.own(office.chief), got.lead.pk, "可以")
    sign_checkpoint(CLOCK)
    return {"words": got.receipt.words, "chief": office.chief.pk}


def look() -> dict[str, str]:
    """A digest of each table, of each file, and the root of the log. JSON has no order of keys of its own."""
    from mingjing.services.keeping.backup import kept_files
    from mingjing.services.keeping.tables import dumped, kept_models, root_of_log

    found = {"log": "{} {}".format(*root_of_log())}
    for model in kept_models():
        lines = [json.dumps(json.loads(line), sort_keys=True) for line in dumped(model)]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        found[model._meta.db_table] = f"{len(lines)} {digest}"
    for name, place in kept_files():
        if place.suffix == ".before":  # what the empty installation had by the same name
            continue
        found[name] = hashlib.sha256(place.read_bytes()).hexdigest()
    return found


def go_on(words: str) -> dict[str, Any]:
    """The log and the archive hold, the lead opens for its reader and its reporter, and work goes on."""
    from mingjing.services.leads import parts, talking
    from mingjing.services.leads.keys import unlock_key
    from mingjing.services.leads.sight import open_lead
    from mingjing.services.papers.sealing import verify_seal
    from mingjing.services.proving.checking import verify_log
    from mingjing.storage.leads.models import Lead
    from mingjing.storage.papers.models import Seal
    from mingjing.storage.people.models import Person
    from mingjing.storage.published.models import PublishedDraw
    from mingjing.storage.records.models import Attachment, Record
    from tests.services.builders import acting
    from tests.services.leads.conftest import PASSPHRASE

    chief = acting(Person.objects.get(name="秦朗"))
    manager = acting(Person.objects.get(name="罗清"))
    lead, key = Lead.objects.get(), unlock_key(chief, PASSPHRASE)
    _, pieces = open_lead(chief, lead.pk, key)
    broken = verify_seal(manager, seal_id=Seal.objects.get().pk).broken
    talking.write_message(words, "再补一句")
    found = verify_log()
    return {
        "read": pieces[0].says["内容"],
        "letter": parts.open_file(lead, key, 1)[2].decode(),
        "said": [one.text for one in talking.progress(words).words],
        "broken": broken,
        "sound": found.sound,
        "draws": PublishedDraw.objects.count(),
        "window": Record.objects.filter(register="ledger.filing_application").count(),
        "attachments": Attachment.objects.count(),
    }


def main() -> None:
    """One of the three."""
    import django

    django.setup()
    from django.conf import settings

    from mingjing.services.leads import sealing

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    sealing.RECEIPT = QUICK
    what, *more = sys.argv[1:]
    done = fill() if what == "fill" else look() if what == "look" else go_on(*more)
    print(json.dumps(done, ensure_ascii=False))


if __name__ == "__main__":
    main()
