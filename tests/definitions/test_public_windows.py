"""What a register lets outside: a window that can work, an opening with a condition, what a party reads."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from mingjing.definitions.registry import Registry

CN = Path(__file__).parents[2] / "institutions" / "cn"
SERVICE = "litigation_service"
SHOWN = "show: [服务事项, 受理日期, 承办部门, 答复内容, 答复附件]"
RATED = "    about: 您的评价"
WINDOW = "window:\n  about: "
LOST = dedent(
    """\
    id: ledger.lost_things
    label: 失物招领
    owner: 诉讼服务中心
    from: 2026-01-01
    basis: 《本院失物招领办法》
    window: {about: 丢了东西在这里登记, show: [东西]}
    fields:
      thing: {label: 东西, type: 文本}
    states:
      lost:  {label: 待找}
      given: {label: 已领, final: true}
    actions:
      ask:  {label: 登记, by: 公众, moves: 新建 → 待找, fill: [东西]}
      give: {label: 领走, by: 任何人, moves: 待找 → 已领}
    """
)


def told(folder: Path, name: str, good: str, bad: str) -> list[tuple[str, str]]:
    """Codes and causes of a ledger of the nationwide tree in which one place was changed."""
    for needed in ("dictionary", "roles", "calendar"):
        shutil.copytree(CN / needed, folder / needed)
    (folder / "ledgers").mkdir()
    for beside in ("service_rating", "bad_rating"):
        shutil.copy(CN / "ledgers" / f"{beside}.yaml", folder / "ledgers")
    text = (CN / "ledgers" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.count(good) >= 1
    (folder / "ledgers" / f"{name}.yaml").write_text(text.replace(good, bad, 1), encoding="utf-8")
    return [(one.code, one.cause) for one in Registry.load(folder).problems]


@pytest.mark.parametrize(
    ("name", "good", "bad", "code", "cause"),
    [
        (SERVICE, WINDOW, "public:\n  when: 已答复\n  about: ", "no-window", "没有写 window"),
        (SERVICE, SHOWN, "show: [服务事项, 密码]", "unknown-name", "没有“密码”这个字段"),
        (SERVICE, SHOWN, f"{SHOWN}\n  of: 承办人\n  when: 已答复", "unknown-name", "案件字段"),
        (SERVICE, SHOWN, f"{SHOWN}\n  of: 承办人", "conflicting-keys", "要一起写"),
        (SERVICE, "may_fill: [材料]\n", "may_fill: [承办人]\n", "no-window", "“承办人”是人员，公众填不了"),
        (SERVICE, RATED, f"    approval: approval.seal\n{RATED}", "no-window", "不能再等审批"),
        ("service_rating", "评价 in (不满意, 非常不满意)", "星级 == 1", "unknown-name", "没有“星级”这个字段"),
        ("party_paper", "  of: 案件\n", "  of: 名称\n", "unknown-name", "案件字段"),
        ("party_paper", "状态 in (已送达, 已归档)", "已经送到", "unknown-name", "状态"),
    ],
)  # fmt: skip
def test_a_window_that_cannot_work_is_said(
    tmp_path: Path, name: str, good: str, bad: str, code: str, cause: str
) -> None:
    found = told(tmp_path, name, good, bad)
    assert any(one == code and cause in said for one, said in found), found


def test_a_window_nobody_can_come_in_by_is_said(tmp_path: Path) -> None:
    text = (CN / "ledgers" / "enquiry.yaml").read_text(encoding="utf-8")
    assert "by: 公众" in text
    found = told(tmp_path, "enquiry", "by: 公众", "by: 诉讼服务中心")
    assert any(code == "no-window" and "谁也进不来" in cause for code, cause in found), found


def test_a_window_whose_letters_nobody_of_the_court_reads_is_said(tmp_path: Path) -> None:
    shutil.copytree(CN / "dictionary", tmp_path / "dictionary")
    (tmp_path / "ledgers").mkdir()
    place = tmp_path / "ledgers" / "lost_things.yaml"
    place.write_text(LOST, encoding="utf-8")
    found = [one.cause for one in Registry.load(tmp_path).problems if one.code == "no-window"]
    assert found == ["公众交进来的，院里没有人看得见：没有写 seen_by，也没有哪一步由院里的人办。"]
    place.write_text(f"{LOST}seen_by: 诉讼服务中心\n", encoding="utf-8")
    assert not [one for one in Registry.load(tmp_path).problems if one.code == "no-window"]


def test_the_nationwide_windows_stand(tmp_path: Path) -> None:
    found = told(tmp_path, "party_query", "keeps: 6 个月", "keeps: 7 个月")
    assert [one for one in found if one[0] != "weak-example"] == []
