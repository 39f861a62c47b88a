"""Who counter-signs for whom: a head of department is not signed by the own deputy, a president by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mingjing.domain.filings.rules import LINE
from mingjing.services.recipients import Roster, load_roster
from mingjing.services.records.rosters import Member
from mingjing.storage.people.models import Court, Person

THEIR_HEAD, THEIR_LEADER, PRESIDENT = LINE


@dataclass(frozen=True)
class Line:
    """The line of command of a court on a day, read once for a whole roster."""

    court: Court
    on: date

    @cached_property
    def _roster(self) -> Roster:
        return load_roster(self.court, self.on)

    def signers(self, member: Member, words: Sequence[str]) -> tuple[str, ...]:
        """The counter-signatures of one person in order, each by the first above them in the line.

        A head of the department takes the leader in charge for 应报人负责人, and whoever is that leader, or
        has none, the president. What nobody above could sign is left out: the president signs alone. Other
        words stay as the definition has them.
        """
        taken = [self._climbed(member, word) for word in words]
        return tuple(dict.fromkeys(word for word in taken if word))

    def _climbed(self, member: Member, word: str) -> str:
        if word not in LINE or member.person is None:
            return word
        if word == THEIR_HEAD and self._is_below(member, self._roster.heads):
            return word
        if word != PRESIDENT and self._is_below(member, self._roster.leaders):
            return THEIR_LEADER
        presidents = [one.pk for one in self._roster.posts.get((None, PRESIDENT), [])]
        return "" if member.person in presidents else PRESIDENT

    def _is_below(self, member: Member, table: dict[int, list[Person]]) -> bool:
        """Whether somebody stands in the table for this department before the member."""
        held = [one.pk for one in table.get(member.unit or 0, [])]
        return bool(held) and held[0] != member.person
