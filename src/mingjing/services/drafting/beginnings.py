"""What a draft begins with: a blank, the next version of a definition, or a copy under another name."""

from __future__ import annotations

import re
from datetime import date

from mingjing.definitions.definition import Definition

LEDGER = """# 会议室借用：谁借哪间、几点还、坏了找谁，一看就知道。

id: ledger.room_loan
label: 会议室借用登记
owner: 综合办公室
from: {today}
basis: 本院会议室管理办法（示例，换成本院文件）
number: 借用-{{年}}-{{序号:4}}

fields:
  room:     {{label: 会议室,   type: 选项, options: [第一会议室, 第二会议室]}}
  purpose:  {{label: 用途,     type: 文本}}
  unit:     {{label: 借用部门, type: 部门}}
  borrower: {{label: 借用人,   type: 人员}}
  day:      {{label: 使用日期, type: 日期}}
  damage:   {{label: 损坏情况, type: 长文本}}

states:
  asked:    {{label: 待同意}}
  lent:     {{label: 使用中}}
  returned: {{label: 已归还, final: true}}

actions:
  ask:
    label: 申请
    by: 任何人
    moves: 新建 → 待同意
    fill: [会议室, 用途, 借用部门, 借用人, 使用日期]
  agree:
    label: 同意
    by: 综合办主任
    moves: 待同意 → 使用中
    never_by: 借用人
  return:
    label: 归还
    by: 借用人
    moves: 使用中 → 已归还
    may_fill: [损坏情况]

clocks:
  - {{label: 归还时限, starts: 同意, stops: 归还, within: 1 天, late: 提醒 借用人}}

examples:
  - name: 当天同意，第二天归还，没有超时
    steps:
      - 2026-03-02 李法官 申请 借用人=李法官
      - 2026-03-02 王主任 同意
      - 2026-03-03 李法官 归还
    ends: 已归还
    late: []

  - name: 借用人不能同意自己的申请
    steps:
      - 2026-03-02 李法官 申请 借用人=李法官
      - 2026-03-02 李法官 同意
    refused: 借用人 李法官 不得办理“同意”

  - name: 晚一天归还，算超时
    steps:
      - 2026-03-02 李法官 申请 借用人=李法官
      - 2026-03-02 王主任 同意
      - 2026-03-04 李法官 归还
    late: [归还时限]
"""
"""A register that works as it is: whoever changes it sees at once what each part does."""


def next_version(definition: Definition, today: date) -> str:
    """The text of a definition as its next version: the same, in force from ``today``."""
    return re.sub(r"^from:\s*\S+", f"from: {today.isoformat()}", definition.text, count=1, flags=re.MULTILINE)


def copy_of(definition: Definition, today: date) -> str:
    """The text of a definition under another id and name, to be changed into something else."""
    text = next_version(definition, today)
    text = re.sub(r"^id:\s*(\S+)", r"id: \1_copy", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^(label:\s*[^#\n]*?)\s*$", r"\1（副本）", text, count=1, flags=re.MULTILINE)


def blank_ledger(today: date) -> str:
    """A small register to begin with."""
    return LEDGER.format(today=today.isoformat())
