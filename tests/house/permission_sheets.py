"""A scoring sheet for the table of permissions."""

from __future__ import annotations

from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from tests.services.builders import House, acting

SHEET, CARDS, PERIOD = "sheet.integrity_month", "card.three_colours", "2024-03"


def of_the_sheets(house: House, inspector: Person) -> dict[str, object]:
    """The first civil division, to be scored for March by two who do not work there."""
    jury = [inspector.pk, house.manager.pk]
    values = {"被评部门": house.first_civil.pk, "考核期": PERIOD, "评分人": jury}
    open_record(acting(inspector), SHEET, "开评", values)
    return {"sheet_id": SHEET, "card_id": CARDS, "period": PERIOD, "unit": house.first_civil.pk}
