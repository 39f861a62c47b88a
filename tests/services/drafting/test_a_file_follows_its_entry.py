"""What is in force stands in the log: the entry of an approval first, the name of its file afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mingjing.services.drafting import publishing, verbs
from mingjing.services.drafting.publishing import WAITING, settle_published
from mingjing.services.installation import look_again, registry
from mingjing.storage.auditlog.models import Act
from mingjing.storage.drafts.models import Draft
from tests.services.builders import House, acting
from tests.services.drafting.test_drafts import submitted

pytestmark = pytest.mark.django_db
LEDGER = "ledger.room_loan"


class PowerCut(BaseException):
    """The machine stops here."""


def cut(*_: object, **__: object) -> None:
    raise PowerCut


def in_force(house: House) -> bool:
    look_again()
    return LEDGER in registry(house.court).ids("ledger")


def approved(house: House) -> Draft:
    return verbs.decide(acting(house.president), submitted(house).pk, agree=True, opinion="")


def approvals() -> int:
    return Act.objects.filter(verb="批准制度").count()


def waiting(data: Path) -> list[Path]:
    return sorted(data.rglob(f"*{WAITING}"))


def test_cut_after_the_entry_the_file_gets_its_name_at_the_next_start(
    house: House, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_name", cut)
        with pytest.raises(PowerCut):
            approved(house)
    assert (approvals(), in_force(house), len(waiting(data))) == (1, False, 1)
    assert settle_published() == 1
    assert (approvals(), in_force(house), waiting(data)) == (1, True, [])
    draft = Draft.objects.get()
    assert Path(draft.published).read_text(encoding="utf-8") == draft.text
    assert settle_published() == 0, "once is enough"


def test_cut_before_the_entry_nothing_is_in_force_and_nothing_stays(
    house: House, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = submitted(house)
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "save", cut)
        with pytest.raises(PowerCut):
            verbs.decide(acting(house.president), draft.pk, agree=True, opinion="")
    assert (approvals(), in_force(house), len(waiting(data))) == (0, False, 1)
    assert settle_published() == 0
    assert (approvals(), in_force(house), waiting(data)) == (0, False, [])
    draft.refresh_from_db()
    assert draft.state == Draft.State.SUBMITTED
    again = verbs.decide(acting(house.president), draft.pk, agree=True, opinion="")
    assert (again.state, in_force(house)) == (Draft.State.APPROVED, True)


def refuse(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["replace", "mkdir"])
def test_a_disk_that_refuses_is_told_before_the_entry_or_made_good_after_it(
    house: House, data: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    draft = submitted(house)

    def decide() -> Draft:
        return verbs.decide(acting(house.president), draft.pk, agree=True, opinion="")

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        if call == "mkdir":
            with pytest.raises(publishing.NotPublishable, match="写不进"):
                decide()
        else:
            assert decide().state == Draft.State.APPROVED
    assert (approvals(), in_force(house)) == (int(call == "replace"), False)
    settle_published()
    assert in_force(house) == (call == "replace")


def test_what_the_author_took_back_meanwhile_is_not_approved(
    house: House, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = submitted(house)
    checking: Callable[..., object] = publishing.new_problems

    def meanwhile(*given: object) -> object:
        verbs.take_back(acting(house.manager), draft.pk)
        verbs.save(acting(house.manager), draft.pk, draft.text + "# 又改\n", revision=draft.revision)
        verbs.submit(acting(house.manager), draft.pk, reason="又改")
        return checking(*given)

    monkeypatch.setattr(publishing, "new_problems", meanwhile)
    with pytest.raises(verbs.NotDraftable, match="看过新的一稿"):
        verbs.decide(acting(house.president), draft.pk, agree=True, opinion="")
    assert (approvals(), in_force(house), waiting(data)) == (0, False, [])
