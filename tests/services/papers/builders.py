"""A judgment of 林知远's case, right or with what is asked for, as a file on its way in."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.storage.cases.models import Case, Party
from tests.services.builders import House, file_case, happen

RIGHT = """岚县人民法院
民事判决书
（2024）云9821民初{serial}号
原告：周见微，男，1980年3月2日出生，汉族，住岚县。
被告：顾知白，男，1982年5月6日出生，汉族，住岚县。
原告周见微与被告顾知白民间借贷纠纷一案，本院于2024年3月13日立案后，依法适用简易程序，于2024年3月28日公开开庭进行了审理。本案现已审理终结。
周见微向本院提出诉讼请求：判令顾知白偿还借款50000元。
本院认为，合法的借贷关系受法律保护，顾知白应当偿还借款。
依照《中华人民共和国民法典》第六百七十五条规定，判决如下：
被告顾知白于本判决生效之日起十日内偿还原告周见微借款50000元（大写：伍万元整）。
案件受理费1050元，减半收取525元，由被告顾知白负担。
如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于云溪市中级人民法院。

审　判　员　　林知远
二〇二四年四月一日
书　记　员　　程露
"""


def a_case(house: House, serial: int = 1) -> Case:
    """A loan case with its parties and one hearing."""
    case = file_case(house, serial=serial)
    Party.objects.create(case=case, role="原告", name="周见微")
    Party.objects.create(case=case, role="被告", name="顾知白")
    happen(case, "开庭", date(2024, 3, 28))
    return case


def judgment(serial: int = 1, **changes: str) -> SimpleUploadedFile:
    """The judgment as a file; ``changes`` are pairs of words, old=new."""
    text = RIGHT.format(serial=serial)
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return SimpleUploadedFile("判决书.txt", text.encode(), "text/plain")
