"""Where every post of a step must sign, no signature falls away with the holder of a post (会签, 依次)."""

from __future__ import annotations

import pytest

from mingjing.domain.approvals.approval import AGREED, Mode
from mingjing.domain.approvals.chain import from_plain
from mingjing.domain.approvals.refusals import PostVacant
from mingjing.domain.ledgers.matters import WrongPerson
from tests.domain.approvals.chains import Court, approval, level


def two_posts(mode: Mode = Mode.ALL) -> Court:
    """Money needs two signatures: of the office and of the accountants."""
    value = approval(level("会签", "主任", "财务科长", mode=mode), level("院长", "院长"))
    people = {"小王": ["干警"], "主任": ["主任"], "财务": ["财务科长"], "院长": ["院长"], "钟": ["系统"]}
    return Court(value, **people)


@pytest.mark.parametrize("mode", [Mode.ALL, Mode.TURN])
def test_the_signature_of_a_post_does_not_fall_away_with_its_holder(mode: Mode) -> None:
    court = two_posts(mode)
    court.do("小王", "提交")
    court.do("主任", "同意")
    court.cast["财务"] = []
    court.do("钟", "核对人员")
    with pytest.raises(WrongPerson):
        court.do("院长", "同意")
    court.cast["新财务"], court.keys["新财务"] = ["财务科长"], 19
    court.do("钟", "核对人员")
    court.do("新财务", "同意")
    assert court.do("院长", "同意").state == AGREED


def test_who_signed_before_leaving_their_post_has_signed_for_it() -> None:
    court = two_posts()
    court.do("小王", "提交")
    court.do("财务", "同意")
    court.cast["财务"] = []
    court.do("主任", "同意")
    assert court.do("院长", "同意").state == AGREED


def test_whoever_took_a_signature_over_signs_for_the_post() -> None:
    court = two_posts()
    court.cast["会计"], court.keys["会计"] = ["干警"], 19
    court.do("小王", "提交")
    court.do("财务", "转办", "会计")
    court.cast["财务"] = []
    court.do("主任", "同意")
    court.do("会计", "同意")
    assert court.do("院长", "同意").state == AGREED


def test_a_countersignature_of_a_vacant_post_is_not_begun() -> None:
    court = two_posts()
    court.cast["财务"] = []
    with pytest.raises(PostVacant, match="“会签”由主任、财务科长会签，现在没有人担任财务科长"):
        court.do("小王", "提交")


def test_the_first_of_two_posts_suffices_where_either_may_sign() -> None:
    court = two_posts(Mode.ANY)
    court.cast["财务"] = []
    court.do("小王", "提交")
    court.do("主任", "同意")
    assert court.do("院长", "同意").state == AGREED


def test_a_record_begun_before_seats_kept_their_posts_goes_on_as_it_began() -> None:
    court = two_posts()
    court.do("小王", "提交")
    court.do("主任", "同意")
    for one in court.matter.inner["levels"]:  # type: ignore[attr-defined]
        del one["unheld"]
        for seat in one["seats"]:
            del seat["posts"]
    court.cast["财务"] = []
    court.do("钟", "核对人员")
    assert from_plain(court.matter.inner).level("会签").complete  # type: ignore[union-attr]
