"""三员分立: nobody holds two of the keepers' posts, nor one beside other work, nor gives themself any."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.first_account import open_at_console
from mingjing.services.installation import registry
from mingjing.services.oversights import put_in_charge
from mingjing.services.postings import appoint, end_posting
from mingjing.services.security.separation import NotSeparate, keeper_posts
from mingjing.storage.people.models import Posting
from tests.services.builders import DAY, SINCE, House, acting
from tests.services.conftest import Refused

KEEPERS = ("系统管理员", "安全管理员", "审计管理员")


def test_the_keepers_are_three(house: House) -> None:
    assert keeper_posts(house.court) == set(KEEPERS)


@pytest.mark.parametrize("post", KEEPERS)
def test_no_keeper_post_beside_any_post_that_carries_a_role(house: House, post: str) -> None:
    """Every post of the dictionary with a role, both ways round."""
    roles, guardian = registry(house.court).roles(), acting(house.guardian)
    table = registry(house.court).dictionary("dictionary.posts")
    person = house.clerk
    Posting.objects.filter(person=person).delete()
    refused = set()
    for other in table.keys:
        for first, then in ((post, other), (other, post)):
            Posting.objects.filter(person=person).delete()
            Posting.objects.create(person=person, post=first, since=SINCE)
            try:
                appoint(guardian, person_id=person.pk, post=then, since=DAY)
            except NotSeparate:
                refused.add((first, then))
            except Exception as other_cause:
                assert "担任" in str(other_cause) or "已经登记" in str(other_cause), other_cause
    with_role = {other for other in table.keys if other != post and roles.held_by(other)}
    taken_by_another = {"院长", *KEEPERS} - {post}
    assert {other for first, other in refused if first == post} == with_role
    assert {first for first, other in refused if other == post} >= with_role - taken_by_another


def test_a_post_that_ended_before_is_no_hindrance(house: House) -> None:
    guardian = acting(house.guardian)
    held = Posting.objects.get(person=house.clerk)
    end_posting(guardian, posting_id=held.pk, until=date(2024, 3, 31))
    assert appoint(guardian, person_id=house.clerk.pk, post="审计管理员", since=DAY).post == "审计管理员"


def test_nobody_gives_themself_a_post_or_a_department_to_lead(house: House, refused: Refused) -> None:
    guardian = acting(house.guardian)
    with refused("不能给自己"):
        appoint(guardian, person_id=house.guardian.pk, post="党员", since=DAY)
    with refused("不能给自己"):
        put_in_charge(guardian, leader_id=house.guardian.pk, department_id=house.office.pk, since=DAY)


def test_the_console_keeps_the_same_rule(house: House) -> None:
    with pytest.raises(NotSeparate, match="三员分立"):
        open_at_console(
            court_code=house.court.code, court_name="", level="", name=house.judge.name, post="系统管理员",
            username="", password="a-long-password", staff_number="", on=DAY,
        )  # fmt: skip
