"""The record above a row of a workbook, found by its number among those the actor sees."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.records.machineries import register_of
from mingjing.services.records.sight import visible
from mingjing.services.records.standing import Hands
from mingjing.services.records.versions import value_of
from mingjing.storage.records.models import Record


class NoParent(Refusal):
    """The row names no record above it, or none that the actor sees."""

    code = "no-parent"


@dataclass(slots=True)
class Parents:
    """The records above those of one register. Each number is looked up once."""

    actor: Actor
    register: Register
    hands: Hands
    _found: dict[str, int | None] = field(default_factory=dict)

    def of(self, number: str) -> int | None:
        """The key of the record of this number; None where none is named and none needed.

        Raises
        ------
        NoParent   none is named though each record stands under one, or there is none of this number
        """
        under = self.register.under
        if not number:
            if under not in ("", self.register.id):
                raise NoParent(f"“{self.register.label}”的每条记录都要挂在上级记录下面，请填它的编号。")
            return None
        if number not in self._found:
            above = register_of(value_of(self.actor.court, under, self.actor.on))
            rows = Record.objects.filter(visible(self.actor, above, self.hands), number=number)
            self._found[number] = rows.values_list("pk", flat=True).first()
        if self._found[number] is None:
            label = register_of(value_of(self.actor.court, under, self.actor.on)).label
            raise NoParent(
                f"“{label}”里没有您看得到的“{number}”。上级要先登记好。", example="从上级台账的导出里抄编号"
            )
        return self._found[number]
