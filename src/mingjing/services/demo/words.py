"""Invented names: every person, firm and place of the demonstration is made of these."""

from __future__ import annotations

from random import Random

SURNAMES = "周沈顾陆许程纪苏贺祝乔卓柏闻岑虞邵戚宁晏"
# fmt: off
GIVEN = (
    "见微", "知白", "行简", "怀瑾", "景行", "若水", "守拙", "明远", "清和", "静姝",
    "思齐", "嘉言", "允中", "慎之", "致远", "望舒", "书砚", "云起", "安澜", "砚秋",
    "青禾", "闻韶", "予安", "归农", "立夏", "秋实", "长风", "映雪", "以宁", "子衿",
    "听松", "问渠", "执中", "存义", "弘毅", "载阳", "采薇", "既明", "乐山", "临川",
)
# fmt: on
INITIALS = {
    **dict(zip(SURNAMES, "zsglxcjshzqzbwcysqny", strict=True)),
    **dict(
        zip(
            "见微知白行简怀瑾景若水守拙明远清和静姝思齐嘉言允中慎之致",
            "jwzbxjhjjrsszmyqhjssqjyyzszz",
            strict=True,
        )
    ),
    **dict(
        zip(
            "望舒书砚云起安澜秋青禾闻韶予归农立夏实长风映雪以宁子衿",
            "wssyyqalqqhwsygnlxscfyxynzj",
            strict=True,
        )
    ),
    **dict(zip("听松问渠执存义弘毅载阳采薇既乐山临川", "tswqzcyhyzycwjlslc", strict=True)),
}
# fmt: off
FIRMS = (
    "恒通", "瑞丰", "同泰", "永益", "中和", "天润", "广源", "德信",
    "福安", "宏业", "联创", "鸿远", "金禾", "万顺", "长青",
)
# fmt: on
# fmt: off
TRADES = (
    "建材有限公司", "商贸有限公司", "建筑工程有限公司", "物流有限公司",
    "农业科技有限公司", "置业有限公司", "机械厂",
)
# fmt: on
PLACES = ("岚县", "清河", "松岭", "云溪")

CIVIL_CAUSES = (
    ("买卖合同纠纷", 22),
    ("民间借贷纠纷", 24),
    ("离婚纠纷", 12),
    ("机动车交通事故责任纠纷", 9),
    ("劳动争议", 8),
    ("建设工程施工合同纠纷", 6),
    ("房屋租赁合同纠纷", 7),
    ("物业服务合同纠纷", 6),
    ("继承纠纷", 3),
    ("金融借款合同纠纷", 3),
)
CRIMES = (
    ("盗窃罪", 25),
    ("危险驾驶罪", 30),
    ("诈骗罪", 15),
    ("故意伤害罪", 18),
    ("合同诈骗罪", 5),
    ("寻衅滋事罪", 7),
)
ADMINISTRATIVE_CAUSES = (("行政处罚", 40), ("政府信息公开", 25), ("工伤认定", 20), ("行政征收", 15))


def pick(random: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    """One word, by weight."""
    return random.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]


def person(random: Random) -> str:
    """An invented person's name."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


def firm(random: Random) -> str:
    """An invented firm's name."""
    return random.choice(PLACES) + random.choice(FIRMS) + random.choice(TRADES)


def initials(name: str) -> str:
    """Pinyin initials of an invented name."""
    return "".join(INITIALS.get(character, "") for character in name)
