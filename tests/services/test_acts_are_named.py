"""Every right a verb demands is a word of dictionary.acts that some role holds (G8)."""

from __future__ import annotations

import re
from pathlib import Path

import mingjing.services
from mingjing.services import accounts, people, postings, proposal_decisions, proposals, supervision_notes
from mingjing.services.installation import registry
from mingjing.services.record_event import BY_ANOTHER_ACT

FOLDER = Path(mingjing.services.__file__).parent


def _demanded() -> set[str]:
    found = set()
    for path in FOLDER.glob("*.py"):
        found |= set(re.findall(r'(?:needs=|require\(actor, )"([^"]+)"', path.read_text(encoding="utf-8")))
    named = {accounts.KEEP, people.KEEP, postings.GRANT, supervision_notes.SUPERVISE}
    return found | named | set(proposals.MARKED_BY.values()) | set(proposal_decisions.DECIDED_BY.values())


def test_every_demanded_right_is_named_and_held() -> None:
    known = registry()
    held = {act for role in known.roles().roles for act in role.may}
    demanded = _demanded()
    assert len(demanded) > 15
    assert demanded <= set(known.dictionary("dictionary.acts").keys)
    assert demanded <= held


def test_every_event_that_follows_from_an_act_is_an_event() -> None:
    assert set(BY_ANOTHER_ACT) <= set(registry().dictionary("dictionary.events").keys)
