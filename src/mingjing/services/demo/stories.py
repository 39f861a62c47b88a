"""How cases of each kind go: event after event, with the days between them and how often things go wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """An event that follows the one before it after ``days`` (low, high), with probability ``chance``.

    ``slow`` is the probability that it is badly late, taking ``slow_days`` more.
    """

    kind: str
    days: tuple[int, int]
    chance: float = 1.0
    slow: float = 0.0
    slow_days: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of case: its type code, its department's field, its procedures by weight, its scenes."""

    kind: str
    type_code: str
    field: str
    procedures: tuple[tuple[str, int], ...]
    scenes: tuple[Scene, ...]
    outcomes: tuple[tuple[str, int], ...]
    pace: dict[str, float]


_TRIAL = (
    Scene("收到起诉状", (0, 0)),
    Scene("立案", (0, 6), slow=0.02, slow_days=(3, 8)),
    Scene("移送审判庭", (1, 3), slow=0.03, slow_days=(3, 9)),
    Scene("分案", (0, 2)),
    Scene("告知审判人员", (1, 3), slow=0.04, slow_days=(2, 8)),
    Scene("送达起诉状副本", (1, 4), slow=0.10, slow_days=(4, 30)),
    Scene("收到答辩状", (6, 15), chance=0.7),
    Scene("送达答辩状副本", (1, 4), slow=0.06, slow_days=(4, 12)),
    Scene("答辩期满", (3, 9)),
    Scene("排期", (1, 5), slow=0.06, slow_days=(5, 20)),
    Scene("开庭", (8, 26), slow=0.05, slow_days=(20, 60)),
    Scene("合议", (1, 6), slow=0.07, slow_days=(6, 40)),
    Scene("签发裁判文书", (2, 18), slow=0.05, slow_days=(15, 70)),
    Scene("宣判", (1, 6)),
    Scene("送达裁判文书", (1, 7), slow=0.05, slow_days=(8, 20)),
    Scene("报请结案", (0, 3)),
    Scene("批准结案", (0, 2), slow=0.04, slow_days=(4, 12)),
    Scene("结案", (0, 0)),
    Scene("移交卷宗", (10, 60), slow=0.08, slow_days=(40, 120)),
    Scene("归档", (3, 20)),
)

_HEAD = Scene("通知负责人出庭", (0, 1))
_AGENCY = {"收到答辩状": Scene("收到答辩状", (3, 6)), "答辩期满": Scene("答辩期满", (4, 10))}
_AGAINST_AN_AGENCY = tuple(
    told
    for scene in _TRIAL
    for told in ((scene, _HEAD) if scene.kind == "排期" else (_AGENCY.get(scene.kind, scene),))
)

STORIES = (
    Story(
        "民事一审",
        "民初",
        "民事",
        (("简易程序", 55), ("小额诉讼程序", 20), ("普通程序", 25)),
        _TRIAL,
        (("判决", 46), ("调解", 30), ("准许撤诉", 20), ("驳回起诉", 4)),
        {"简易程序": 0.8, "小额诉讼程序": 0.6, "普通程序": 1.5},
    ),
    Story(
        "行政一审",
        "行初",
        "行政",
        (("普通程序", 80), ("简易程序", 20)),
        _AGAINST_AN_AGENCY,
        (("判决", 70), ("驳回起诉", 15), ("准许撤诉", 15)),
        {"普通程序": 1.7, "简易程序": 0.7},
    ),
    Story(
        "刑事一审",
        "刑初",
        "刑事",
        (("普通程序", 45), ("简易程序", 30), ("速裁程序", 25)),
        (
            Scene("收到起诉书", (0, 0)),
            Scene("立案", (1, 6)),
            Scene("移送审判庭", (0, 2)),
            Scene("分案", (0, 1)),
            Scene("送达起诉书副本", (1, 4), slow=0.04, slow_days=(3, 8)),
            Scene("排期", (3, 8)),
            Scene("开庭", (6, 20), slow=0.05, slow_days=(15, 40)),
            Scene("合议", (1, 6)),
            Scene("签发裁判文书", (2, 12), slow=0.05, slow_days=(10, 40)),
            Scene("宣判", (0, 4)),
            Scene("送达裁判文书", (0, 4)),
            Scene("报请结案", (0, 2)),
            Scene("批准结案", (0, 2)),
            Scene("结案", (0, 0)),
            Scene("移交卷宗", (10, 50), slow=0.07, slow_days=(40, 100)),
            Scene("归档", (3, 15)),
        ),
        (("判决", 97), ("终止审理", 3)),
        {"普通程序": 1.1, "简易程序": 0.4, "速裁程序": 0.2},
    ),
    Story(
        "首次执行",
        "执",
        "执行",
        (("执行程序", 100),),
        (
            Scene("收到执行申请", (0, 0)),
            Scene("立案", (1, 6)),
            Scene("确定执行人员", (1, 6), slow=0.04, slow_days=(4, 10)),
            Scene("发出执行通知", (1, 8), slow=0.07, slow_days=(6, 25)),
            Scene("责令报告财产", (0, 2)),
            Scene("通知提供财产线索", (0, 2)),
            Scene("发起网络查控", (1, 5)),
            Scene("网络查控反馈", (3, 12)),
            Scene("财产调查完毕", (5, 24), slow=0.09, slow_days=(20, 60)),
            Scene("限制消费", (2, 20), chance=0.6),
            Scene("冻结", (1, 10), chance=0.5),
            Scene("约谈申请执行人", (20, 50), chance=0.5),
            Scene("案款到账", (5, 40), chance=0.55),
            Scene("案款发放", (5, 25), slow=0.12, slow_days=(15, 60)),
            Scene("报请结案", (3, 60), slow=0.06, slow_days=(40, 200)),
            Scene("批准结案", (0, 3)),
            Scene("结案", (0, 0)),
            Scene("移交卷宗", (10, 50), slow=0.07, slow_days=(40, 100)),
            Scene("归档", (3, 15)),
        ),
        (("执行完毕", 48), ("终结本次执行程序", 42), ("终结执行", 10)),
        {"执行程序": 1.0},
    ),
)

SECOND = Story(
    "民事二审",
    "民终",
    "民事",
    (("二审程序", 100),),
    (
        Scene("收到上诉卷宗", (0, 0)),
        Scene("立案", (1, 5), slow=0.03, slow_days=(3, 8)),
        Scene("移送审判庭", (0, 3)),
        Scene("分案", (0, 2)),
        Scene("告知审判人员", (1, 3)),
        Scene("排期", (4, 12)),
        Scene("开庭", (8, 25), chance=0.45),
        Scene("合议", (3, 18), slow=0.06, slow_days=(15, 50)),
        Scene("签发裁判文书", (3, 18), slow=0.05, slow_days=(10, 50)),
        Scene("宣判", (1, 5)),
        Scene("送达裁判文书", (1, 7)),
        Scene("报请结案", (0, 3)),
        Scene("批准结案", (0, 2)),
        Scene("结案", (0, 0)),
        Scene("退回原审卷宗", (2, 9), slow=0.05, slow_days=(5, 20)),
        Scene("移交卷宗", (10, 50), slow=0.07, slow_days=(40, 100)),
        Scene("归档", (3, 15)),
    ),
    (("维持原判", 68), ("改判", 12), ("撤销原判发回重审", 6), ("二审调解", 8), ("准许撤回上诉", 6)),
    {"二审程序": 1.0},
)
