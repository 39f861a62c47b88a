"""Random definitions of every machinery, as texts a clerk could have written: each of them loads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

POSTS = ("审判员", "书记员", "庭长", "督察员", "院长", "审管办主任")
STATES = ("待接收", "办理中", "待复核", "已了结")
LENGTHS = ("0 天", "1 天", "2 个工作日", "1 个月", "48 小时", "半个工作日")
FIELDS = {
    "事由": "{label: 事由, type: 文本}",
    "说明": "{label: 说明, type: 长文本}",
    "件数": "{label: 件数, type: 整数, unit: 件}",
    "比例": "{label: 比例, type: 小数}",
    "金额": "{label: 金额, type: 金额, unit: 元}",
    "约定日": "{label: 约定日, type: 日期}",
    "时刻": "{label: 时刻, type: 时刻}",
    "属实": "{label: 属实, type: 是否}",
    "类别": "{label: 类别, type: 选项, options: [甲类, 乙类]}",
    "标记": "{label: 标记, type: 多选, options: [一, 二, 三]}",
    "经办人": "{label: 经办人, type: 人员}",
    "参加人": "{label: 参加人, type: 多人}",
    "承办部门": "{label: 承办部门, type: 部门}",
    "会办部门": "{label: 会办部门, type: 多部门, seen_by: [督察员, 院长]}",
    "佐证": "{label: 佐证, type: 附件}",
}
KEYS = {label: f"f{place}" for place, label in enumerate(FIELDS)}
NEEDS = {
    "件数": "{when: 件数 >= 1, reason: 件数至少是一}",
    "金额": "{when: 金额 <= 10000, reason: 金额不能超过一万}",
    "约定日": "{when: 约定日 >= 登记日期, reason: 约定日不能早于登记}",
    "佐证": "{when: 附件数 >= 1, reason: 还没有附件}",
    "": "{when: 未结下级 == 0, reason: 还有没有了结的下级}",
}
BY_TIME = "期满自办"
_LABELS = st.lists(st.sampled_from([one for one in FIELDS if one != "事由"]), unique=True, max_size=8)
_POST = st.sampled_from(POSTS)


def some(draw: st.DrawFn, *pieces: str) -> str:
    """Some of these lines, in their order."""
    return "".join(f"{piece}\n" for piece in pieces if draw(st.booleans()))


def listed(words: Sequence[str]) -> str:
    """``[甲, 乙]``."""
    return f"[{', '.join(words)}]"


def head(id_: str, label: str) -> str:
    """The first lines of every definition."""
    return (
        f"# {label}：随机写成的一份制度。\n\nid: {id_}\nlabel: {label}\nowner: 综合办公室\n"
        "from: 2024-01-01\nbasis: 本院规定（示例）\n"
    )


def fields_of(labels: Sequence[str]) -> str:
    """The section of fields."""
    return "fields:\n" + "".join(f"  {KEYS[one]}: {FIELDS[one]}\n" for one in labels)


@st.composite
def labels_with(draw: st.DrawFn, *always: str) -> list[str]:
    """Labels of fields: 事由, those asked for, and some others."""
    return list(dict.fromkeys(("事由", *always, *draw(_LABELS))))


@st.composite
def capacities(draw: st.DrawFn, labels: Sequence[str], *, opening: bool = False) -> list[str]:
    """Who may act: posts, people and departments that fields name, who registered it, anybody."""
    known = [*POSTS, "任何人"]
    if not opening:
        known += ["登记人"]
        known += ["经办人"] if "经办人" in labels else []
        known += ["承办部门", "承办部门负责人", "承办部门分管领导"] if "承办部门" in labels else []
    return draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))


def act_text(
    draw: st.DrawFn, key: str, label: str, moves: str, labels: Sequence[str], *, opening: bool = False
) -> str:
    """One act of a register."""
    by = draw(capacities(labels, opening=opening))
    fill = draw(st.lists(st.sampled_from(list(labels)), unique=True, max_size=2))
    rest = [one for one in labels if one not in fill]
    more = draw(st.lists(st.sampled_from(rest), unique=True, max_size=2)) if rest else []
    parts = [f"label: {label}", f"by: {listed(by)}", f"moves: {moves}"]
    parts += [f"fill: {listed(fill)}"] if fill else []
    parts += [f"may_fill: {listed(more)}"] if more else []
    barred = [one for one in ("登记人", "经办人") if one not in by and (one in labels or one == "登记人")]
    if not opening and barred and draw(st.booleans()):
        parts.append(f"never_by: {draw(st.sampled_from(barred))}")
    asked = [need for label_, need in NEEDS.items() if label_ in (*labels, "")]
    if not opening and draw(st.integers(0, 3)) == 0:
        parts.append(f"needs: [{draw(st.sampled_from(asked))}]")
    return f"  {key}: {{{', '.join(parts)}}}\n"


def clock_text(
    draw: st.DrawFn, label: str, acts: Sequence[str], labels: Sequence[str], stopper: str = ""
) -> str:
    """One limit, with whom it tells; ``stopper`` is an act that stops it whatever else does."""
    starts, stops = (
        draw(st.lists(st.sampled_from(list(acts)), min_size=1, max_size=2, unique=True)) for _ in "12"
    )
    stops = list(dict.fromkeys((*stops, stopper))) if stopper else stops
    until = "约定日" in labels and draw(st.booleans())
    length = "until: 约定日" if until else f"within: {draw(st.sampled_from(LENGTHS))}"
    tell = draw(st.sampled_from(["登记人", "督察员", *(["经办人"] if "经办人" in labels else [])]))
    told = draw(
        st.sampled_from(
            [
                f"late: 提醒 {tell}",
                f"rungs: [届满前 2 天 蓝 {tell}, 届满后 1 天 黄 {tell}, 届满后 3 天 红 院长]",
                f"rungs: [届满日 黄 {tell}]",
            ]
        )
    )
    starts_, stops_ = listed(starts), listed(stops)
    return f"  - {{label: {label}, starts: {starts_}, stops: {stops_}, {length}, {told}}}\n"


def expiring_text(draw: st.DrawFn, states: Sequence[str]) -> str:
    """What the system does by itself once the first limit has run out, if the record still stands there."""
    sources = draw(st.lists(st.sampled_from(list(states[:-1])), min_size=1, max_size=2, unique=True))
    after = draw(st.sampled_from(["不变", *states]))
    needs = ", needs: [{when: 未结下级 == 0, reason: 还有没有了结的下级}]" if draw(st.booleans()) else ""
    moves = f"moves: {'、'.join(sources)} → {after}"
    return f"  by_time: {{label: {BY_TIME}, by: 系统, {moves}, expires: 时限0{needs}}}\n"


@st.composite
def ledgers(draw: st.DrawFn, id_: str = "ledger.any", under: str = "", opens: str = "") -> str:
    """A register with its own states, acts and limits; it may open others or stand under one."""
    labels = draw(labels_with())
    states = [*STATES[: draw(st.integers(1, 3))], STATES[-1]]
    acts = [("登记", f"新建 → {states[0]}")]
    acts += [(f"办到{after}", f"{before} → {after}") for before, after in pairwise(states)]
    for place in range(draw(st.integers(0, 3))):
        sources = draw(st.lists(st.sampled_from(states), min_size=1, max_size=2, unique=True))
        after = draw(st.sampled_from(["不变", *states]))
        acts.append((f"另办{place}", f"{draw(st.sampled_from(['任意', '、'.join(sources)]))} → {after}"))
    text = head(id_, f"随机台账{id_[-3:]}")
    text += some(draw, "number: 随机-{年}-{月}-{序号:4}", "title: 事由", "keeps: 3 年")
    text += some(
        draw, f"secrecy: {draw(st.sampled_from(['公开', '内部', '保密']))}", "seen_by: [督察员, 院长]"
    )
    text += some(draw, "recurs: {same: [事由], within: 6 个月}")
    text += some(draw, *(["holder: 经办人"] if "经办人" in labels else []))
    text += some(draw, *(["unit: 承办部门"] if "承办部门" in labels else []))
    text += f"under: {under}\n" if under else ""
    text += fields_of(labels) + "states:\n"
    for place, state in enumerate(states):
        text += f"  s{place}: {{label: {state}{', final: true' if state == states[-1] else ''}}}\n"
    text += "actions:\n"
    for place, (label, moves) in enumerate(acts):
        line = act_text(draw, f"a{place}", label, moves, labels, opening=place == 0)
        if opens and place == 1:
            line = f"{line[:-2]}, opens: [{{of: {opens}, fields: {{事由: '由{{事由}}引出'}}}}]}}\n"
        text += line
    count, known = draw(st.integers(0, 2)), [label for label, _ in acts]
    if count and draw(st.booleans()):
        text += expiring_text(draw, states)
        known.append(BY_TIME)
    if count:
        text += "clocks:\n"
        for place in range(count):
            stopper = BY_TIME if place == 0 and BY_TIME in known else ""
            text += clock_text(draw, f"时限{place}", known[: len(acts)], labels, stopper)
    return f"{text}examples:\n  - {{name: 登记, steps: [2024-03-01 某人 登记], ends: {states[0]}}}\n"


@st.composite
def filings(draw: st.DrawFn) -> str:
    """Who owes a report or a signature in each period."""
    labels = draw(labels_with())
    every = draw(st.sampled_from(["周", "月", "季", "半年", "年", "发起"]))
    dues = ["期末", "期末后 5 天", "期末后 3 个工作日", "期末前 2 天"]
    text = head("filing.any", "随机填报")
    text += f"who: {draw(st.sampled_from(['全体干警', '各部门', '院领导', '员额法官']))}\nevery: {every}\n"
    text += f"due: {'发起后 10 天' if every == '发起' else draw(st.sampled_from(dues))}\n"
    text += "called_by: [督察员, 院长]\n" if every == "发起" else ""
    signed = draw(st.booleans())
    if signed:
        text += "text: 我承诺按期办理{事由}，{姓名}。\n" + some(draw, "signs: [庭长, 院长]")
    else:
        text += some(draw, "nil: 没有情况")
    if draw(st.booleans()):
        text += "excuses: [病假, 产假]\nexcused_by: 督察员\n"
    text += some(draw, "check: {share: 30%, by: 督察员}", "secrecy: 保密", "keeps: 2 年")
    text += some(draw, "rungs: [届满前 2 天 蓝 登记人, 届满后 1 天 红 院长]")
    fill = [one for one in labels[:2] if draw(st.booleans()) and one != "佐证"]
    text += f"fill: {listed(fill)}\n" if fill else ""
    code = {"周": "2024-W10", "月": "2024-03", "季": "2024-Q1", "半年": "2024-H1", "年": "2024"}
    period = code.get(every, "2024-03-04")
    return (
        f"{text}{fields_of(labels)}examples:\n  - name: 没有人报\n    period: {period}\n"
        "    roster: 3 人\n    rate: 0%\n    complete: 0%\n"
    )


@st.composite
def activities(draw: st.DrawFn) -> str:
    """What is held, and how much of it everybody owes."""
    of_units = draw(st.booleans())
    labels = draw(labels_with("类别", "参加人", "承办部门", "件数"))
    text = head("activity.any", "随机活动") + "attended: 参加人\n"
    owed = draw(st.booleans())
    if owed:
        who = draw(st.sampled_from(["各部门"] if of_units else ["全体干警", "院领导"]))
        text += f"who: {who}\nevery: {draw(st.sampled_from(['月', '季', '半年', '年']))}\n"
        text += f"counts_for: {'承办部门' if of_units else '参加人'}\n"
        text += draw(
            st.sampled_from(["times: 2\n", "covers: 类别\n", "total: {of: 件数, least: 5}\n", "times: 1\n"])
        )
    text += some(draw, "kept_by: [书记员, 庭长, 审管办主任]", "checked_by: [督察员, 院长]", "sums: [件数]")
    text += some(draw, "unit: 承办部门", "secrecy: 内部")
    held = "held: [2024-03-05 某部门 记录 类别=甲类; 件数=1]"
    return f"{text}{fields_of(labels)}examples:\n  - {{name: 办了一场, {held}, counts: {{场次: 1}}}}\n"


@st.composite
def approvals(draw: st.DrawFn) -> str:
    """Who applies, who decides in which order, what follows."""
    labels = draw(labels_with("金额"))
    text = head("approval.any", "随机审批") + f"by: {listed(draw(capacities((), opening=True)))}\n"
    fill = [one for one in labels if one in ("事由", "金额")]
    text += f"fill: {listed(fill)}\nsteps:\n"
    for place in range(draw(st.integers(1, 3))):
        parts = [f"label: 第{place + 1}步", f"by: {draw(_POST)}"]
        if draw(st.booleans()):
            parts.append(f"instead: [{draw(_POST)}, 院长]")
        if draw(st.booleans()):
            parts.append(f"mode: {draw(st.sampled_from(['或签', '会签', '依次']))}")
        if place and draw(st.booleans()):
            parts.append("when: 金额 >= 100")
        if draw(st.booleans()):
            parts.append(f"within: {draw(st.sampled_from(LENGTHS[1:4]))}, late: 提醒 登记人")
        if draw(st.booleans()):
            may = st.lists(
                st.sampled_from(["转办", "委派", "加签", "减签"]), min_size=1, max_size=4, unique=True
            )
            parts.append(f"may: {listed(draw(may))}")
        text += f"  - {{{', '.join(parts)}}}\n"
    text += some(draw, "distinct: 否", "resumes: 驳回处", "copies_to: 督察员")
    text += some(draw, "returns_to: [上一步, 任一步, 发起人, 终止]")
    if draw(st.booleans()):
        text += "states:\n  paid: {label: 已发放, final: true}\nactions:\n"
        text += f"  pay: {{label: 发放, by: {listed(draw(capacities(('',))))}, moves: 已同意 → 已发放}}\n"
    steps = "steps: [2024-03-01 某人 提交 金额=1]"
    return f"{text}{fields_of(labels)}examples:\n  - {{name: 申请, {steps}, ends: 审批中}}\n"


@st.composite
def meetings(draw: st.DrawFn) -> str:
    """Who meets, what comes first, what it takes to decide."""
    share = st.sampled_from(["半数以上", "超过半数", "三分之二以上", "全体"])
    labels = draw(labels_with())
    own = [one for one in labels if one not in ("佐证",)][:3]
    text = (
        head("meeting.any", "随机会议") + "by: [书记员, 审管办主任]\nmembers: [院长, 庭长, 审判员, 督察员]\n"
    )
    text += f"chair: {draw(st.sampled_from(['院长', '庭长']))}\nquorum: {draw(share)}\n"
    text += some(draw, "first_item: {label: 学习, then: 拒绝}", "head_last: 标记", "signs: 否")
    text += some(draw, f"votes: {{least: {draw(share)}, of: {draw(st.sampled_from(['应到', '实到']))}}}")
    text += some(draw, "resolutions: ledger.resolutions", "every: 月\ntimes: 1", "secrecy: 内部")
    needs = draw(st.sampled_from(["", "needs: [征求意见], ", "needs: [征求意见, 充分酝酿], "]))
    text += f"matters:\n  学习: {{decides: 否}}\n  议事: {{{needs}about: 要定的事}}\n"
    minutes = "label: 纪要时限, starts: 结束会议, stops: 提交纪要, within: 2 个工作日, late: 提醒 记录人"
    text += some(draw, f"clocks:\n  - {{{minutes}}}")
    step = "2024-03-01 09:00 某人 筹备 会议名称=会; 会议时间=2024-03-05 09:00; 主持人=甲; 应到人员=甲、乙"
    return f"{text}{fields_of(own)}examples:\n  - name: 筹备\n    steps: [{step}]\n    ends: 筹备中\n"


@st.composite
def campaigns(draw: st.DrawFn) -> str:
    """A letter that somebody calls, everybody on the roster signs, and others counter-sign."""
    labels = draw(labels_with("件数"))
    who = draw(st.sampled_from(["全体干警", "院领导", "员额法官"]))
    text = head("filing.any", "随机签署") + f"who: {who}\nevery: 发起\ndue: 发起后 10 天\n"
    text += "called_by: [督察员, 院长]\ntext: 我承诺按期办理{事由}，{姓名}。\n"
    text += draw(
        st.sampled_from(["", "signs: [庭长]\n", "signs: [庭长, 院长]\n", "signs: [应报人负责人, 院长]\n"])
    )
    text += some(draw, "called_with: [事由]", "secrecy: 保密", "keeps: 2 年")
    text += some(draw, "excuses: [病假, 产假]\nexcused_by: 督察员")
    text += some(draw, "rungs: [届满前 2 天 蓝 登记人, 届满后 1 天 红 院长]")
    return (
        f"{text}{fields_of(labels)}examples:\n  - name: 没有人签\n    period: 2024-03-04\n"
        "    roster: 3 人\n    rate: 0%\n    complete: 0%\n"
    )


KINDS = {
    "ledger": ledgers(),
    "filing": filings(),
    "activity": activities(),
    "approval": approvals(),
    "meeting": meetings(),
    "campaign": campaigns(),
}
"""Kind → any definition of it; a campaign is a filing that somebody calls and everybody signs."""


def machinery_of(kind: str) -> str:
    """The kind of definition by which a random definition is loaded, the first part of its id."""
    return "filing" if kind in ("campaign", "event") else kind


@st.composite
def families(draw: st.DrawFn) -> tuple[str, str]:
    """A register and one that stands under it, of which the upper may open one by an act."""
    upper = draw(ledgers("ledger.any", "", "ledger.low" if draw(st.booleans()) else ""))
    return upper, draw(ledgers("ledger.low", "ledger.any"))
