"""Every write verb leaves exactly one entry: who, what, on which record, under which definition, why, whence.

Which verbs there are is read from the code (``sites``). A verb without a scenario makes this test fail.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from mingjing.services import acts
from mingjing.services.actors import Actor
from mingjing.services.acts import CONSOLE, Machine
from mingjing.services.installation import look_again, now
from mingjing.services.leads import sealing
from mingjing.services.whence import coming_from
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House
from tests.services.conftest import SetMoment
from tests.services.every_verb.sites import NOT_RUN, SERVICES, site_of, sites
from tests.services.every_verb.world import SCENARIOS, START, Scenario, World
from tests.services.leads.conftest import QUICK

HERE = Path(__file__).parent
for area in sorted(HERE.glob("*.py")):
    if not area.name.startswith(("test_", "__")):
        importlib.import_module(f"tests.services.every_verb.{area.stem}")

ALL = [one for some in SCENARIOS.values() for one in some]
REASONS = {"reason", "why", "opinion", "explanation"}
"""What a verb calls the reason it asks for."""
HOW = """

Every function of services that opens an act needs a scenario. Add one to a file of
tests/services/every_verb/ (a new file is found by itself):

    @does("{site}")
    def some_name(w: World) -> Verb:
        case = w.case                      # prepare whatever must be there before
        return lambda: the_verb(w.judge, case_id=case.pk, reason="…")
"""


@pytest.fixture
def world(
    house: House, moment: SetMoment, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """The court with folders of its own; everything is as before afterwards."""
    data = tmp_path / "data"
    data.mkdir()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=data, now=START)
    settings.MEDIA_ROOT = data / "files"
    monkeypatch.setattr(sealing, "RECEIPT", QUICK)
    look_again()
    folder = tmp_path / "own"
    folder.mkdir()
    yield World(house, folder)
    look_again()


class Watch:
    """Sees each act as it is written: who did it, and which function opened it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, Actor | Machine | None, Sequence[acts.Record], str | None]] = []
        real = acts._Act._write

        def write(frame: acts._Act) -> None:
            real(frame)
            self.seen.append((opener(), frame._actor, frame.records, frame._needs))

        patch.setattr(acts._Act, "_write", write)


def opener() -> str:
    """The innermost function on the stack that is one of the sites."""
    frame = inspect.currentframe()
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(SERVICES):
            name = site_of(path, frame.f_code.co_name)
            if name in sites():
                return name
        frame = frame.f_back
    raise AssertionError("an act was opened outside every known verb")


def test_every_verb_has_a_scenario() -> None:
    lacking = sorted(sites() - set(SCENARIOS) - set(NOT_RUN))
    assert not lacking, f"no scenario runs: {', '.join(lacking)}{HOW.format(site=lacking[0])}"


def test_no_scenario_is_left_over() -> None:
    gone = sorted((set(SCENARIOS) | set(NOT_RUN)) - sites())
    assert not gone, f"these do no act any more; take their scenarios away: {', '.join(gone)}"


@pytest.mark.parametrize("scenario", ALL, ids=lambda one: one.name)
def test_it_leaves_exactly_one_entry(
    scenario: Scenario, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    verb = scenario.make(world)
    before = Act.objects.count()
    watch = Watch(monkeypatch)
    with coming_from("10.0.0.7", "Linux Firefox"):
        verb()
    [(site, actor, records, needs)] = watch.seen
    written = list(Act.objects.order_by("seq")[before:])
    assert site == scenario.site
    assert len(written) == len(records) == len({record.subject_id for record in records}) >= 1
    for entry in written:
        assert_complete(entry, actor, site)
        assert entry.definition or not (isinstance(actor, Actor) and needs), "it names no definition"


def assert_complete(entry: Act, actor: Actor | Machine | None, site: str) -> None:
    """Who, what, on which record, why, when, from where."""
    person = isinstance(actor, Actor)
    machine = actor.id if isinstance(actor, Machine) else "clock"
    assert entry.actor == (str(actor.person.pk) if isinstance(actor, Actor) else machine)
    assert entry.actor_name and entry.verb and entry.subject_kind
    assert entry.subject_id, "it does not say on which record"
    assert entry.at == acts.stamp(now())
    assert entry.whence == ("10.0.0.7 · Linux Firefox" if person or actor is CONSOLE else "")
    parameters = inspect.signature(function_of(site)).parameters.values()
    asked = [one.name for one in parameters if one.name in REASONS and one.default is one.empty]
    assert entry.why or not asked, f"the verb asks for {asked} and the entry does not say it"
    assert len(entry.leaf) == 64 and len(entry.payload_commitment) == 64


def function_of(site: str) -> Any:
    """The function itself."""
    module, _, name = site.rpartition(".")
    return getattr(sys.modules[f"mingjing.services.{module}"], name)
