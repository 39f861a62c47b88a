"""From a blank to a file in force: saved however wrong, submitted when right, approved by another."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingjing.domain.reasons.refusals import NotInForce
from mingjing.services.actors import Actor, actor_for
from mingjing.services.drafting import verbs
from mingjing.services.drafting.publishing import NotPublishable
from mingjing.services.installation import registry
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.auditlog.models import Act
from mingjing.storage.drafts.models import Draft
from mingjing.storage.people.models import Person
from tests.services.builders import DAY, House

pytestmark = pytest.mark.django_db
State = Draft.State
NEXT = DAY + timedelta(days=1)


def on_day(person: Person, day: date = DAY) -> Actor:
    return actor_for(person, day)


def submitted(house: House) -> Draft:
    draft = verbs.begin(on_day(house.manager))
    return verbs.submit(on_day(house.manager), draft.pk, reason="常有冲突")


def test_a_blank_is_a_register_that_works_as_it_is(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    _, checked = verbs.save(on_day(house.manager), draft.pk, draft.text, revision=1)
    assert checked.ready
    assert len(checked.examples) == 3
    assert (draft.definition_id, draft.label) == ("ledger.room_loan", "会议室借用登记")


def test_an_approved_draft_is_in_force_at_the_next_question(house: House, data: Path) -> None:
    draft = verbs.decide(on_day(house.president), submitted(house).pk, agree=True, opinion="")
    assert draft.state == State.APPROVED
    path = data / "institutions" / house.court.code / "ledger" / "room_loan" / f"{DAY}.yaml"
    assert Path(draft.published) == path
    assert path.read_text(encoding="utf-8") == draft.text
    assert registry(house.court).definition("ledger.room_loan", DAY).content_hash == draft.content_hash
    assert "ledger.room_loan" not in registry().ids("ledger"), "other courts do not have it"
    entry = Act.objects.latest("seq")
    assert (entry.verb, entry.definition[:16]) == ("批准制度", "ledger.room_loan")


def test_nobody_approves_a_draft_of_their_own(house: House) -> None:
    draft = submitted(house)
    assert house.manager.pk == draft.author_id
    with pytest.raises((verbs.NotDraftable, NotAllowed)):
        verbs.decide(on_day(house.manager), draft.pk, agree=True, opinion="")
    Draft.objects.filter(pk=draft.pk).update(author=house.president)
    with pytest.raises(verbs.NotDraftable, match="另一个人批准"):
        verbs.decide(on_day(house.president), draft.pk, agree=True, opinion="")


def test_whoever_may_not_approve_is_refused(house: House) -> None:
    with pytest.raises(NotVisible):
        verbs.decide(on_day(house.judge), submitted(house).pk, agree=True, opinion="")


def test_a_draft_is_kept_however_wrong_and_not_submitted(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    broken = draft.text.replace("待同意 → 使用中", "待同意 → 使用")
    kept, checked = verbs.save(on_day(house.manager), draft.pk, broken, revision=1)
    assert kept.text == broken
    assert checked.errors
    with pytest.raises(verbs.NotDraftable, match="第一处在第"):
        verbs.submit(on_day(house.manager), draft.pk, reason="试试")


def test_an_example_that_does_not_come_out_stops_it(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    bent = draft.text.replace("within: 1 天", "within: 9 天")
    verbs.save(on_day(house.manager), draft.pk, bent, revision=1)
    with pytest.raises(verbs.NotDraftable, match="晚一天归还"):
        verbs.submit(on_day(house.manager), draft.pk, reason="试试")


def test_two_windows_do_not_overwrite_each_other(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    verbs.save(on_day(house.manager), draft.pk, draft.text + "# 一\n", revision=1)
    with pytest.raises(verbs.SavedMeanwhile):
        verbs.save(on_day(house.manager), draft.pk, draft.text + "# 二\n", revision=1)
    assert Draft.objects.get(pk=draft.pk).text.endswith("# 一\n")


def test_a_returned_draft_goes_on_with_the_reason(house: House) -> None:
    draft = submitted(house)
    with pytest.raises(verbs.NotDraftable, match="写明理由"):
        verbs.decide(on_day(house.president), draft.pk, agree=False, opinion=" ")
    returned = verbs.decide(on_day(house.president), draft.pk, agree=False, opinion="时限太短")
    assert (returned.state, returned.opinion) == (State.RETURNED, "时限太短")
    verbs.save(on_day(house.manager), draft.pk, returned.text, revision=returned.revision)
    assert verbs.submit(on_day(house.manager), draft.pk, reason="已改").state == State.SUBMITTED


def test_a_day_that_has_passed_is_refused_before_anybody_is_asked(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    with pytest.raises(verbs.NotDraftable, match="已经过去"):
        verbs.submit(on_day(house.manager, NEXT), draft.pk, reason="常有冲突")
    Draft.objects.filter(pk=draft.pk).update(state=State.SUBMITTED, submitted_on=NEXT)
    with pytest.raises(verbs.NotDraftable, match="已经过去"):
        verbs.decide(on_day(house.president, NEXT), draft.pk, agree=True, opinion="")


def test_a_day_that_went_by_while_the_draft_waited_becomes_the_day_of_approval(house: House) -> None:
    draft = verbs.decide(on_day(house.president, NEXT), submitted(house).pk, agree=True, opinion="")
    assert f"from: {NEXT}" in draft.text and f"from: {DAY}" not in draft.text
    known = registry(house.court)
    assert known.definition("ledger.room_loan", NEXT).text == draft.text
    with pytest.raises(NotInForce):
        known.definition("ledger.room_loan", DAY)
    entry = Act.objects.latest("seq")
    assert json.loads(entry.payload) == {"原定施行": str(DAY), "施行": str(NEXT)}


def test_the_next_version_leaves_the_one_before_in_force_until_its_day(house: House) -> None:
    verbs.decide(on_day(house.president), submitted(house).pk, agree=True, opinion="")
    later = date(DAY.year + 1, 1, 4)
    draft = verbs.begin(on_day(house.manager, later), like="ledger.room_loan")
    assert f"from: {later}" in draft.text
    longer = draft.text.replace("within: 1 天", "within: 2 天").replace("2026-03-04 李", "2026-03-05 李")
    verbs.save(on_day(house.manager, later), draft.pk, longer, revision=1)
    verbs.submit(on_day(house.manager, later), draft.pk, reason="放宽")
    verbs.decide(on_day(house.president, later), draft.pk, agree=True, opinion="")
    known = registry(house.court)
    assert "within: 1 天" in known.definition("ledger.room_loan", DAY).text
    assert "within: 2 天" in known.definition("ledger.room_loan", later).text


def test_a_draft_begun_from_an_older_version_is_not_put_over_a_newer(house: House) -> None:
    verbs.decide(on_day(house.president), submitted(house).pk, agree=True, opinion="")
    later = date(DAY.year + 1, 1, 4)
    first = verbs.begin(on_day(house.manager, later), like="ledger.room_loan")
    second = verbs.begin(on_day(house.manager, later), like="ledger.room_loan")
    verbs.save(on_day(house.manager, later), second.pk, second.text + "# 另一种改法\n", revision=1)
    for draft in (first, second):
        verbs.submit(on_day(house.manager, later), draft.pk, reason="改")
    verbs.decide(on_day(house.president, later), first.pk, agree=True, opinion="")
    with pytest.raises(NotPublishable, match="不是您起草时看到的那一份"):
        verbs.decide(on_day(house.president, later), second.pk, agree=True, opinion="")
    assert Draft.objects.get(pk=second.pk).state == State.SUBMITTED, "nothing half done"


def test_a_copy_is_another_definition(house: House) -> None:
    draft = verbs.begin(on_day(house.manager), like="ledger.resolutions", copy=True)
    assert draft.definition_id == "ledger.resolutions_copy"
    assert draft.base_hash == ""


def test_a_disk_that_refuses_leaves_the_draft_waiting(house: House, data: Path) -> None:
    draft = submitted(house)
    (data / "institutions").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(NotPublishable, match="写不进"):
        verbs.decide(on_day(house.president), draft.pk, agree=True, opinion="")
    assert Draft.objects.get(pk=draft.pk).state == State.SUBMITTED


def test_a_file_broken_meanwhile_is_named_and_the_draft_not_blamed(house: House, data: Path) -> None:
    broken = data / "institutions" / house.court.code / "ledger" / "broken.yaml"
    broken.parent.mkdir(parents=True)
    draft = submitted(house)
    broken.write_text("id: ledger.broken\nlabel: 坏的\n  fields: [\n", encoding="utf-8")
    with pytest.raises(NotPublishable, match=r"(?s)这份草稿没有错，是另一份制度文件改坏了.*broken\.yaml:3"):
        verbs.decide(on_day(house.president), draft.pk, agree=True, opinion="")
    assert Draft.objects.get(pk=draft.pk).state == State.SUBMITTED
    broken.unlink()
    decided = verbs.decide(on_day(house.president), draft.pk, agree=True, opinion="")
    assert decided.state == State.APPROVED


def test_a_character_no_database_keeps_is_refused(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    with pytest.raises(verbs.NotDraftable, match="空字符"):
        verbs.save(on_day(house.manager), draft.pk, "# 草稿\x00", revision=1)


def test_a_blank_that_takes_the_id_of_something_else_is_not_submitted(house: House) -> None:
    draft = verbs.begin(on_day(house.manager))
    taken = draft.text.replace("ledger.room_loan", "ledger.rectification")
    verbs.save(on_day(house.manager), draft.pk, taken, revision=1)
    with pytest.raises(NotPublishable, match=r"已经是现行的“整改台账”的编号.*作为新版.*换一个 id"):
        verbs.submit(on_day(house.manager), draft.pk, reason="要管会议室")
    assert Draft.objects.get(pk=draft.pk).state == State.WRITING
