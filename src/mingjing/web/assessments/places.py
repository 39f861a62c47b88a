"""Where else the assessment leads: the pages this person may open, each with what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from mingjing.services.actors import Actor
from mingjing.services.reading.assessments.gatherings import keeps_integrity
from mingjing.services.reading.assessments.honours import may_check
from mingjing.services.records.compiling import REVIEWS, may_compile


@dataclass(frozen=True, slots=True)
class Place:
    """A link with what it is for."""

    label: str
    url: str
    about: str


def places(actor: Actor) -> list[Place]:
    """The pages beside the sheets and cards; everybody finds what was gathered about themselves."""
    found = [Place("归集到我的事项", reverse("gathered"), "约谈、通报、质量瑕疵、违纪、牌，会进年度考核")]
    if keeps_integrity(actor):
        found += [
            Place("年度归集", reverse("annual"), "各部门、各人全年的事项，点开就是台账"),
            Place("流动红旗", reverse("flags"), "三个整年没有违纪，而且做了监督工作"),
            Place("零查处复查", reverse("silent"), "查出过问题、却没有一件措施的部门"),
        ]
    if may_check(actor):
        found.append(Place("参评资格", reverse("eligible"), "提名以前查牌、否决和取消评先的处理"))
    if may_compile(actor, REVIEWS):
        found.append(Place("出评查通报", reverse("review-circular"), "按确认的评查表数等级和问题分类"))
    return found
