"""Every field an act fills has a control of its own, whatever key the file gave it."""

from __future__ import annotations

from mingjing.domain.ledgers.matters import Permitted
from mingjing.services.records.versions import registers_on
from mingjing.web.records.acts import lists_for
from mingjing.web.records.forms import TAKEN, WHY, ActForm, control_name
from tests.services.builders import DAY, House, acting


def test_every_field_of_every_shipped_act_has_its_own_control_under_its_own_label(house: House) -> None:
    lists, met = lists_for(acting(house.manager)), set[str]()
    for register in registers_on(house.court, DAY):
        for act in register.acts:
            asked = dict.fromkeys((*act.fill, *act.may_fill))
            offered = Permitted(act.label, act.fill, act.may_fill)
            form = ActForm(None, None, register=register, act=offered, lists=lists, values={})
            for label in asked:
                field = register.field(label)
                assert form.fields[control_name(field.key)].label == label, f"{register.id} {act.label}"
                met |= {field.key} & TAKEN
            assert form.fields[WHY].label == "说明"
            assert not TAKEN.intersection(form.fields) - {WHY}
    assert WHY in met, "some shipped file has a field with the key why"
