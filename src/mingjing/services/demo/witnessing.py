"""The demonstration is witnessed: an office with a folder of its own countersigns the first checkpoint."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from mingjing.services.acts import CLOCK, CONSOLE
from mingjing.services.installation import now
from mingjing.services.proving import witness_office, witnesses
from mingjing.services.proving.checkpoints import handed, sign_checkpoint
from mingjing.services.proving.own_key import own_key

NAME, KEY_NAME = "云溪市人民检察院（演示）", "yunxi-procuratorate/witness"


def witness_folder() -> Path:
    """What the demonstration's witness keeps, beside the court's own data."""
    return Path(settings.CONFIGURATION.data) / "witness-demo"


def be_witnessed() -> None:
    """Sign a checkpoint, have it countersigned by file as offices without a line do, and take it back."""
    folder = witness_folder()
    shutil.rmtree(folder, ignore_errors=True)  # of a demonstration whose database is gone
    witnesses.admit(CONSOLE, NAME, witness_office.begin(folder, KEY_NAME).vkey)
    sign_checkpoint(CLOCK)
    carried = folder / "handed.txt"
    carried.write_text(handed(0).text(), encoding="utf-8")
    found = witness_office.witness(folder, own_key().vkey, str(carried), now())
    witnesses.receive(CLOCK, found.note)
