"""Judgments of our own making, clean and with one planted error: fictional people, amounts that add up.

``clean`` and ``planted`` give the same document for the same seed. Everybody and every place is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mingjing.text.proofreading.days import han_day
from mingjing.text.proofreading.known import Known, Law, Lists, Word
from tests.house.tree import ROOT

COURTS = ("岚县人民法院", "云溪市清河区人民法院", "松岭县人民法院")
SURNAMES = "周沈顾陆许程纪苏贺祝乔卓柏闻岑虞邵戚宁晏"
GIVEN = (
    "见微",
    "知白",
    "行简",
    "怀瑾",
    "景行",
    "若水",
    "守拙",
    "明远",
    "静姝",
    "思齐",
    "允中",
    "望舒",
    "安澜",
)
FIRMS = (
    "恒通建材有限公司",
    "瑞丰商贸有限公司",
    "同泰建筑工程有限公司",
    "永益物流有限公司",
    "长青农业科技有限公司",
)
JUDGES = ("林知远", "何叙", "周岚", "方屹", "韩远山")
CLERKS = ("程露", "苏禾", "叶青")
TODAY = date(2026, 9, 30)
TEMPLATES = Path(__file__).parents[1] / "fixtures" / "judgments"


@dataclass(frozen=True, slots=True)
class Judgment:
    """A document with its case, and the code of what was planted in it (empty in a clean one)."""

    text: str
    known: Known
    planted: str = ""
    quote: str = ""


def lists() -> Lists:
    """The nationwide lists, read from the files themselves."""
    tables = {}
    folder = ROOT / "institutions" / "cn" / "dictionary"
    for name in ("cited_laws", "proofreading_words", "appeal_terms"):
        tables[name] = _rows(folder / f"{name}.yaml")
    laws = tuple(
        Law(row[1], row[2], int(row[3]) if row[3] else None, _day(row[4]), _day(row[5]), row[6])
        for row in tables["cited_laws"]
    )
    words = tuple(
        Word(row[0], row[1], tuple(one for one in row[2].split("、") if one), row[3])
        for row in tables["proofreading_words"]
    )
    return Lists(laws, words, tuple((row[0], int(row[2])) for row in tables["appeal_terms"]))


def _rows(path: Path) -> list[list[str]]:
    block = path.read_text(encoding="utf-8").split("rows: |\n")[1].split("\nexamples:")[0]
    lines = [line.split() for line in block.splitlines()[1:] if line.strip()]
    return [[cell if cell != "—" else "" for cell in line] for line in lines]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class Maker:
    """One document being written."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        pick = self.random.choice
        self.court = pick(COURTS)
        self.judge, self.second, self.third = self.random.sample(JUDGES, 3)
        self.clerk = pick(CLERKS)
        names = self.random.sample([s + g for s in SURNAMES for g in GIVEN], 6)
        self.one, self.two, self.agent, self.chief, self.other, self.witness = names
        self.firm = pick(("岚县", "清河", "松岭")) + pick(FIRMS)
        self.filed = date(2026, 1, 5) + timedelta(days=self.random.randrange(100))
        self.heard = self.filed + timedelta(days=self.random.randrange(20, 60))
        self.signed = self.heard + timedelta(days=self.random.randrange(3, 40))
        self.serial = self.random.randrange(1, 2000)

    def amount(self, low: int, high: int) -> int:
        """A sum in whole 元."""
        return self.random.randrange(low, high) // 10 * 10

    def foot(self, *bench: str) -> str:
        """Who signed, when, who kept the record."""
        return "\n".join(("", *bench, han_day(self.signed), f"书　记　员　　{self.clerk}", ""))

    def written(self, name: str, foot: str, **more: object) -> str:
        """A template of ``fixtures/judgments`` filled with the people and days of this document."""
        template = (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
        return template.format(**{**vars(self), **more}, foot=foot)

    def known(self, kind: str, code: str, procedure: str, cause: str, **more: object) -> Known:
        """The case as it would be registered."""
        return Known(
            on=TODAY, court=self.court, number=f"（2026）云9821{code}{self.serial}号", kind=kind,
            procedure=procedure, cause=cause, filed_on=self.filed, hearings=(self.heard,), **more,  # type: ignore[arg-type]
        )  # fmt: skip


def day(one: date) -> str:
    """``2026年3月2日``."""
    return f"{one.year}年{one.month}月{one.day}日"


def capital(value: int) -> str:
    """Whole 元 in the characters of cheques."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    text, rest, sections = "", value, []
    while rest:
        sections.append(rest % 10000)
        rest //= 10000
    for place in range(len(sections) - 1, -1, -1):
        section, part, zero = sections[place], "", False
        for power in (3, 2, 1, 0):
            digit = section // 10**power % 10
            if digit:
                part += ("零" if zero and part else "") + digits[digit] + units[power]
                zero = False
            else:
                zero = True
        if text and section and section < 1000:
            part = "零" + part
        text += part + ("万" if place == 1 and section else "")
    return text


def sale(m: Maker) -> Judgment:
    """买卖合同, simple procedure, half the fee."""
    price, penalty = m.amount(40_000, 900_000), m.amount(1_000, 30_000)
    fee = m.amount(500, 9_000)
    share = fee // 2 // 3
    text = m.written(
        "sale",
        m.foot(f"审　判　员　　{m.judge}"),
        day_filed=day(m.filed),
        day_heard=day(m.heard),
        price=price,
        penalty=penalty,
        capital_price=capital(price),
        price_penalty=price + penalty,
        fee_2_2=fee // 2 * 2,
        fee_2=fee // 2,
        share=share,
        fee_2_share=fee // 2 - share,
    )
    known = m.known(
        "民事一审",
        "民初",
        "简易程序",
        "买卖合同纠纷",
        parties=(("原告", m.one), ("被告", m.firm)),
        bench=(("承办人", m.judge),),
    )
    return Judgment(text, known)


def loan(m: Maker) -> Judgment:
    """民间借贷, ordinary procedure, panel, absent defendant, interest described in words."""
    sums = [m.amount(20_000, 300_000) for _ in range(3)]
    fee, kept = m.amount(800, 9_000), m.amount(200, 700)
    text = m.written(
        "loan",
        m.foot(f"审　判　长　　{m.judge}", f"审　判　员　　{m.second}", f"人民陪审员　　{m.third}"),
        day_filed=day(m.filed),
        day_heard=day(m.heard),
        sums_0=sums[0],
        sums_1=sums[1],
        sums_2=sums[2],
        sum_sums=sum(sums),
        kept=kept,
        fee=fee,
    )
    panel = (("审判长", m.judge), ("审判员", m.second), ("人民陪审员", m.third))
    parties = (("原告", m.one), ("被告", m.two), ("被告", m.other))
    return Judgment(
        text, m.known("民事一审", "民初", "普通程序", "民间借贷纠纷", parties=parties, bench=panel)
    )


def traffic(m: Maker) -> Judgment:
    """机动车交通事故责任: a list of losses with their sum, an insurer."""
    items = {name: m.amount(300, 90_000) for name in ("医疗费", "误工费", "护理费", "交通费", "残疾赔偿金")}
    total, insured = sum(items.values()), m.amount(200, 900)
    listed = "、".join(f"{name}{value}元" for name, value in items.items())
    insurer = "平安里财产保险股份有限公司岚县支公司"
    fee = m.amount(300, 3_000)
    text = m.written(
        "traffic",
        m.foot(f"审　判　员　　{m.judge}", f"法　官　助　理　　{m.second}"),
        insurer=insurer,
        day_filed=day(m.filed),
        total=total,
        insured=insured,
        listed=listed,
        fee=fee,
    )
    parties = (("原告", m.one), ("被告", m.two), ("被告", insurer))
    known = m.known(
        "民事一审",
        "民初",
        "普通程序",
        "机动车交通事故责任纠纷",
        parties=parties,
        bench=(("承办人", m.judge),),
    )
    return Judgment(text, known)


def theft(m: Maker) -> Judgment:
    """盗窃罪: a criminal judgment with a prosecutor's office."""
    value, fine = m.amount(3_000, 20_000), m.random.randrange(2, 9) * 1000
    text = m.written(
        "theft", m.foot(f"审　判　员　　{m.judge}"), day_filed=day(m.filed), value=value, fine=fine
    )
    known = m.known(
        "刑事一审", "刑初", "简易程序", "盗窃罪",
        parties=(("公诉机关", "岚县人民检察院"), ("被告人", m.one)), bench=(("承办人", m.judge),),
    )  # fmt: skip
    return Judgment(text, known)


def withdrawn(m: Maker) -> Judgment:
    """准许撤诉: a ruling of a page."""
    fee = m.amount(300, 4_000) // 2 * 2
    text = m.written(
        "withdrawn",
        m.foot(f"审判员　{m.judge}"),
        day_filed=day(m.filed),
        day_heard=day(m.heard),
        fee=fee,
        fee_2=fee // 2,
    )
    known = m.known(
        "民事一审", "民初", "简易程序", "房屋租赁合同纠纷",
        parties=(("原告", m.firm), ("被告", m.one)), bench=(("承办人", m.judge),),
    )  # fmt: skip
    return Judgment(text, known)


def ended(m: Maker) -> Judgment:
    """终结本次执行程序: an enforcement ruling with the sums done so far."""
    due, paid = m.amount(50_000, 500_000), m.amount(1_000, 40_000)
    text = m.written(
        "ended",
        m.foot(f"审　判　长　　{m.judge}", f"审　判　员　　{m.second}", f"审　判　员　　{m.third}"),
        day_filed=day(m.filed),
        due=due,
        paid=paid,
        due_paid=due - paid,
    )
    panel = (("审判长", m.judge), ("审判员", m.second), ("审判员", m.third))
    parties = (("申请执行人", m.one), ("被执行人", m.two))
    return Judgment(text, m.known("首次执行", "执", "", "民间借贷纠纷", parties=parties, bench=panel))


def appeal(m: Maker) -> Judgment:
    """A second instance: everybody named twice, with the parts they had below."""
    fee = m.amount(300, 8_000)
    text = m.written(
        "appeal",
        m.foot(f"审　判　长　　{m.judge}", f"审　判　员　　{m.second}", f"审　判　员　　{m.third}"),
        day_filed=day(m.filed),
        fee=fee,
    )
    known = Known(
        on=TODAY, court="云溪市中级人民法院", number=f"（2026）云98民终{m.serial}号", kind="民事二审",
        procedure="普通程序", cause="劳动争议", filed_on=m.filed, hearings=(),
        parties=(("上诉人", m.firm), ("被上诉人", m.one), ("原审第三人", m.other)),
        bench=(("审判长", m.judge), ("审判员", m.second), ("审判员", m.third)),
    )  # fmt: skip
    return Judgment(text, known)


FAMILIES: tuple[Callable[[Maker], Judgment], ...] = (sale, loan, traffic, theft, withdrawn, ended, appeal)


def clean(seed: int) -> Judgment:
    """A document without an error."""
    return FAMILIES[seed % len(FAMILIES)](Maker(seed))
