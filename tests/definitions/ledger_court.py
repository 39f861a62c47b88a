"""The small court with the sample ledger, whose lines a test may break on purpose."""

from __future__ import annotations

from pathlib import Path

from mingjing.definitions.running import Tried, try_examples
from mingjing.domain.ledgers.register import Register
from tests.definitions.court import Court

SAMPLE = (Path(__file__).parent / "ledgers" / "rectification.yaml").read_text(encoding="utf-8")
FILE = "ledgers/rectification.yaml"
MINI = """# 练习台账。

id: ledger.mini
label: 练习台账
owner: 督察室
from: 2024-01-01

fields:
  what:   {label: 事项, type: 文本}
  kind:   {label: 类别, type: 选项, of: dictionary.procedures}
  who:    {label: 经办人, type: 人员}
  team:   {label: 参加人, type: 多人}
  until:  {label: 截止日, type: 日期}
  proof:  {label: 佐证, type: 附件}

states:
  open:   {label: 办理中}
  closed: {label: 已了结, final: true}

actions:
  start:
    {label: 登记, by: 督察员, moves: 新建 → 办理中, fill: [事项, 经办人], may_fill: [类别, 参加人, 截止日]}
  note:  {label: 补充, by: [经办人, 督察员], moves: 任意 → 不变, may_fill: [佐证]}
  end:
    label: 了结
    by: 督察员
    moves: 办理中 → 已了结
    never_by: 经办人
    needs:
      - {when: 佐证数 >= 2 and 未结审批 == 0, reason: 至少两份佐证}
    opens:
      - {of: ledger.rectification, fields: {问题描述: 事项}, each: 参加人}

clocks:
  - label: 截止
    starts: 登记
    stops: 了结
    until: 截止日
    rungs: [届满前 1 天 蓝 经办人, 届满后 1 天 红 督察员]
"""


class LedgerCourt(Court):
    """A small court with 督察员 among its posts, and the sample ledger."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.edit("dictionary/posts.yaml", "  院长\n", "  院长\n  督察员\n")
        self.write(FILE, SAMPLE)

    def sample_with(self, before: str, after: str) -> LedgerCourt:
        """The sample ledger with one edit; ``before`` must be there."""
        assert before in SAMPLE, before
        self.write(FILE, SAMPLE.replace(before, after, 1))
        return self

    def register(self) -> Register:
        value = self.load().definition("ledger.rectification").value
        assert isinstance(value, Register)
        return value

    def tried(self, *examples: str) -> list[Tried]:
        """The practice ledger with these examples, each tried."""
        self.write("ledgers/mini.yaml", MINI + "\nexamples:\n" + "\n".join(examples))
        registry = self.load()
        return list(try_examples(registry.definition("ledger.mini"), registry))
