"""Keys that only one kind of definition has, written at random into one that lacks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.services.records.random_parts import Draw, Whole, conditions, labels_of, opening

SHARES = ("半数以上", "超过半数", "三分之二以上", "超过三分之二", "全体")
EVERY_PERIOD = (
    "nil", "text", "signs", "called_by", "called_with", "check", "excuses", "excused_by", "opens",
    "rungs", "fill",
)  # fmt: skip
"""Keys of a filing by period that one about an event has not."""
PERIODS = ("周", "月", "季", "半年", "年")


def filing_keys(dice: Draw, whole: Whole) -> None:
    """Rosters of several groups, who files for others, own acts that count, checks that open something."""
    of_units = str(whole["who"]).startswith("各")
    if dice.maybe():
        rosters = ("各部门", "各审判执行部门") if of_units else ("院领导", "部门负责人", "员额法官")
        whole["who"] = dice.some(rosters)
    signed = "text" in whole
    if dice.rarely():
        whole["filed_by"] = dice.some(["督察员", "书记员", "庭长"], 2)
    if whole["every"] not in ("发起",) and dice.maybe():
        whole["opens"] = dice.one(["期初", "期初前 5 天", "期末前 3 天", "期末后 1 天", "期初后 2 个工作日"])
    if not signed and dice.maybe():
        check = {"share": dice.one(["1%", "30%", "100%"]), "by": dice.some(["督察员", "院长"], 2)}
        made = opening(dice, whole)
        made.pop("when", None)
        whole["check"] = check | ({"opens": [made]} if dice.maybe() else {})
    if not signed and dice.maybe():
        whole["actions"] = {"own": {"label": "代为报备", "by": ["督察员", "书记员"], "moves": "待报 → 已报"}}
        whole["files"] = dice.some(["代为报备", "填报"])
        if "填报" not in whole["files"]:
            whole["files"] = [*whole["files"], "填报"]
    if "signs" in whole and not of_units and dice.maybe():
        groups = whole["who"] if isinstance(whole["who"], list) else [whole["who"]]
        whole["signs"] = {one: dice.some(["应报人负责人", "院长", "庭长"]) for one in groups}
    if whole["every"] == "年" and dice.maybe():
        whole["due"] = dice.one(["11 月 30 日", "2 月 29 日"])
    if whole["every"] == "发起" and "text" not in whole and dice.maybe():
        whole["called_with"] = [dice.one(labels_of(whole, "文本"))]


def event_keys(dice: Draw, whole: Whole) -> None:
    """A filing about something that happens: its own states and acts, the day counted from a field."""
    for key in EVERY_PERIOD:
        whole.pop(key, None)
    whole |= {"every": "事件", "who": "全体干警", "files": ["归档"]}
    whole["fields"]["happened"] = {"label": "发生日期", "type": "日期"}
    whole["fields"]["whose"] = {"label": "当事人", "type": "人员"}
    if dice.maybe():
        whole["due"] = dice.one(["发生日期前 3 天", "发生日期后 5 天"])
    else:
        whole.pop("due", None)
    whole["holder"] = "当事人"
    whole["states"] = {"open": {"label": "待归档"}, "done": {"label": "已归档", "final": True}}
    rest = [one for one in labels_of(whole) if one not in ("发生日期", "当事人")]
    whole["actions"] = {
        "open": {
            "label": "登记", "by": dice.one(["任何人", ["督察员", "系统"]]), "moves": "新建 → 待归档",
            "fill": ["发生日期", "当事人"], "may_fill": rest[:3],
        },
        "note": {
            "label": "补记", "by": ["当事人", "登记人"], "moves": "待归档 → 不变",
            "may_fill": rest[3:] or rest,
        },
        "file": {
            "label": "归档", "by": ["督察员", "当事人负责人"], "moves": "待归档 → 已归档",
            "never_by": "当事人",
        },
    }  # fmt: skip
    whole["clocks"] = [
        {"label": "归档时限", "starts": "登记", "stops": "归档", "within": "3 天", "late": "提醒 当事人"}
    ]
    step = "2024-03-01 某人 登记 发生日期=2024-03-01; 当事人=甲"
    whole["examples"] = [{"name": "登记", "steps": [step], "ends": "待归档"}]


def activity_keys(dice: Draw, whole: Whole) -> None:
    """Several quotas, people to be covered, heads, making up, days, conditions, what counts."""
    fields = whole["fields"]
    if dice.maybe():
        fields["heads"] = {"label": "参加人次", "type": "整数"}
        whole["heads"] = "参加人次"
    if dice.maybe():
        fields["missed"] = {"label": "补哪一天的", "type": "日期"}
        whole["makes_up"] = "补哪一天的"
    if "who" in whole and dice.maybe():
        whole["excuses"] = ["换届", "借调"]
    if dice.rarely():
        whole["counted"] = dice.some(["已记录", "已举行", *(["已核验"] if "checked_by" in whole else [])])
    if "who" in whole and dice.maybe():
        whole["rungs"] = ["届满前 7 天 蓝 承办人", "届满日 黄 督察员", "届满后 1 天 红 院长"]
    single = [key for key in ("who", "every", "times", "covers", "total", "counts_for") if key in whole]
    if single and dice.maybe():
        quota: Whole = {key: whole.pop(key) for key in single}
        whole["quotas"] = [quota | {"label": "要求一"}, *_more_quotas(dice, whole, quota)]
    elif single:
        _when(dice, whole, whole)
    if any("发起" in str(one.get("every")) for one in (whole, *whole.get("quotas", []))):
        whole["called_by"] = ["督察员"]
    if "checked_by" not in whole and dice.rarely():
        whole["checked_by"] = "督察员"


def _when(dice: Draw, whole: Whole, quota: Whole) -> None:
    around = ("附件数", "未结", "登记", "今天")
    fit = [one for one in conditions(whole) if not any(word in one for word in around)]
    if dice.maybe() and fit:
        quota["when"] = dice.one(fit)
    if dice.maybe():
        quota["due"] = dice.one(["期末", "期末后 5 天", "期末前 2 天", "期末后 3 个工作日"])


def _more_quotas(dice: Draw, whole: Whole, first: Whole) -> list[Whole]:
    who, by = first["who"], first["counts_for"]
    made = []
    for place in range(dice.one([1, 2])):
        every = dice.one([*PERIODS, "发起"])
        quota = {"label": f"要求{'二三'[place]}", "who": who, "every": every, "counts_for": by}
        rules = [{"times": 1}, {"covers": "类别"}, {"total": {"of": "件数", "least": 3}}]
        among = "分管部门干警" if who == "院领导" else "本部门干警"
        quota |= dice.one([*rules, {"covers": "参加人", "among": among}])
        _when(dice, whole, quota)
        made.append(quota)
    return made


def approval_keys(dice: Draw, whole: Whole) -> None:
    """Steps that fill and ask for something, decided many at once; what an agreement gives."""
    steps = whole["steps"]
    rest = [one for one in labels_of(whole) if one not in whole.get("fill", [])]
    for step in steps:
        if rest and dice.maybe():
            step["fill" if dice.rarely() else "may_fill"] = [dice.one(rest)]
        if dice.rarely():
            step["needs"] = [{"when": dice.one(conditions(whole)), "reason": "还不具备同意的条件"}]
        if dice.maybe():
            step["in_bulk"] = True
        if dice.maybe():
            step["about"] = "核对“余额”"
        if dice.rarely() and "within" in step:
            step.pop("late", None)
            step["rungs"] = ["届满前 1 天 蓝 登记人", "届满后 1 天 红 院长"]
        if dice.rarely():
            step["by"] = dice.one(["本部门负责人", "本部门分管领导", *labels_of(whole, "人员")])
    if dice.maybe():
        whole["gives"] = "同意用章一次"
    taken = {label for step in steps for key in ("fill", "may_fill") for label in step.get(key, [])}
    free = [one for one in rest if one not in taken]
    if free and dice.maybe():
        whole["may_fill"] = dice.some(free)
    if dice.rarely():
        whole["needs"] = [{"when": "登记日期 <= 今天", "reason": "还不能申请"}]


def meeting_keys(dice: Draw, whole: Whole) -> None:
    """Who speaks last, who sits in, who is told, what each class of topics asks for."""
    if dice.maybe():
        whole["head"] = dice.one(["院长", "庭长"])
    if dice.maybe():
        whole["observers"] = dice.some(["书记员", "审管办主任"])
    if dice.maybe():
        told = {"who": dice.one(["督察员", "审管办主任"])}
        told |= {"before": dice.one(["半个工作日", "1 天", "48 小时"])}
        told |= {"gap": "4 小时"} if dice.maybe() else {}
        told |= {"after": dice.one(["5 天", "3 个工作日"])} if dice.maybe() else {}
        told |= {"then": dice.one(["拒绝", "标记"])} if dice.maybe() else {}
        whole["told"] = [told]
    for matter in whole["matters"].values():
        decides = matter.get("decides") is not False and matter.get("decides") != "否"
        if "told" in whole and dice.maybe():
            matter["told"] = [whole["told"][0]["who"]]
        if decides and dice.maybe():
            matter["votes"] = {"least": dice.one(SHARES), "of": dice.one(["应到", "实到"])}
            matter["votes"] |= {"secret": dice.one(["是", "否"])} if dice.maybe() else {}
        if dice.maybe():
            matter["quorum"] = dice.one(SHARES)
        if dice.maybe():
            matter["every"] = dice.one(PERIODS)
        if dice.maybe():
            matter["head_last"] = dice.one(["是", "否"])
        if dice.rarely():
            matter["needs"] = [{"label": "专业意见", "of": dice.one(["meeting.any", "ledger.target"])}]
    if dice.maybe():
        whole |= {"every": dice.one(PERIODS), "times": dice.one([1, 2])}
    if "every" in whole and dice.maybe():
        whole["head_chairs"] = dice.one(["是", "否"])


OWN_KEYS: Mapping[str, tuple[Callable[[Draw, Whole], None], ...]] = {
    "filing": (filing_keys,),
    "activity": (activity_keys,),
    "approval": (approval_keys,),
    "meeting": (meeting_keys,),
    "campaign": (filing_keys,),
}
"""Kind → what is written into a definition of it beside what every register may have."""
