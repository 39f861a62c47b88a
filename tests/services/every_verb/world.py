"""What a scenario is given: the fictional court, its clock, its folders, and whoever else it asks for.

Nothing here needs pytest: the crash tests run the same scenarios in processes of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from django.conf import settings

from mingjing.services.actors import Actor
from mingjing.services.installation import look_again
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Account, Person
from tests.services.builders import DAY, House, acting, file_case, hire
from tests.services.draws.conftest import Hall, build_hall
from tests.services.leads.conftest import Office, build_office
from tests.services.records.builders import Bench, build_bench, institutions_over

START = "2024-04-01T09:00:00"
PASSWORD = "a-long-password"


@dataclass
class World:
    """A court at nine on 1 April 2024. ``folder`` is empty and the scenario's own."""

    house: House
    folder: Path

    def at(self, moment: str) -> None:
        """What time it is."""
        settings.CONFIGURATION = replace(settings.CONFIGURATION, now=moment)

    def own(self, person: Person, on: date = DAY) -> Actor:
        """Somebody, with the posts of a day."""
        return acting(person, on)

    @property
    def judge(self) -> Actor:
        """林知远, who tries the cases."""
        return acting(self.house.judge)

    @property
    def head(self) -> Actor:
        """周岚, who heads the division."""
        return acting(self.house.head)

    @property
    def manager(self) -> Actor:
        """罗清 of the case-management office."""
        return acting(self.house.manager)

    @property
    def keeper(self) -> Actor:
        """唐简, who keeps people and logins."""
        return acting(self.house.keeper)

    @property
    def guardian(self) -> Actor:
        """陆衡, who grants posts and ends sessions."""
        return acting(self.house.guardian)

    @cached_property
    def auditor(self) -> Actor:
        """An audit administrator."""
        return acting(hire(self.house.court, "严审", "审计管理员", None))

    @cached_property
    def case(self) -> Case:
        """A case of the judge."""
        return file_case(self.house)

    @cached_property
    def login(self) -> Account:
        """The judge's login."""
        return Account.objects.create_account("linzhiyuan", PASSWORD, self.house.judge)

    @cached_property
    def hall(self) -> Hall:
        """The filing division that draws."""
        return build_hall(self.house)

    @cached_property
    def office(self) -> Office:
        """Those who receive leads, each with a key."""
        return build_office(self.house)

    @cached_property
    def bench(self) -> Bench:
        """The court's own registers and its inspectors."""
        own = self.folder / "institutions"
        own.mkdir()
        settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=institutions_over(own))
        look_again()
        return build_bench(self.house)


Verb = Callable[[], object]
Making = Callable[[World], Verb]


@dataclass(frozen=True, slots=True)
class Scenario:
    """How one write verb is brought to be done: ``make`` prepares everything and returns the act itself."""

    site: str
    name: str
    make: Making


SCENARIOS: dict[str, list[Scenario]] = {}


def does(site: str) -> Callable[[Making], Making]:
    """Register a scenario of the verb at a site, ``closings.request_closing``."""

    def register(make: Making) -> Making:
        SCENARIOS.setdefault(site, []).append(Scenario(site, f"{site}:{make.__name__}", make))
        return make

    return register
