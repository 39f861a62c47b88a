"""Marks and characters: what no reading of the sentence can make right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.numerals import chinese
from mingjing.text.proofreading.known import Lists
from mingjing.text.proofreading.paper import Paper
from mingjing.text.proofreading.remarks import Remark

_PAIRS = {"）": "（", "》": "《", "”": "“", "】": "【", "」": "「"}
_DOUBLED = re.compile(r"[，、；：][，。、；：]+|。[，。、；：]+|，。")
_HALF = re.compile(
    r"(?<=[\u4e00-\u9fff）》”])[,;:?!](?=[\u4e00-\u9fff（《“\n])|(?<=[\u4e00-\u9fff])\((?=[\u4e00-\u9fff])"
)
_FULL = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff，。、；：])[ \u3000]+(?=[\u4e00-\u9fff])")
_TWICE = re.compile(
    r"(?<!目)的的(?!确)|了了|是是(?!非)|在在|和和(?!气|睦)|与与|对对(?!方|于|应)|由由(?!于)|将将|于于|被被(?!告|上|申|执|害|继|抚|监)"
    r"|(?<!反诉)原告原告|被告被告|本院本院|人民法院人民法院|判决判决|规定规定|日日内|年年(?=\d)"
)
_ITEM = re.compile(r"\s*(?P<number>[一二三四五六七八九十]{1,3})、")
_SENTENCE = 20
"""A line of at least so many characters that ends in a full stop is running text, not a head or a foot."""


def check_typography(paper: Paper, lists: Lists) -> Iterator[Remark]:
    """Brackets, marks, widths, spaces, doubled words, listed words, the order's numbers."""
    for start, end in paper.lines:
        yield from _pairs(paper.text, start, end)
    for pattern, code, what, why in (
        (_DOUBLED, "标点重复", "标点连用", "一处只用一个"),
        (_HALF, "半角标点", "汉字之间用了半角标点", "汉字之间用全角标点"),
        (_FULL, "全角数字", "用了全角数字或者字母", "数字、字母用半角"),
        (_TWICE, "字词重复", "连着写了两遍", "多半是多打了一遍"),
    ):
        for match in pattern.finditer(paper.text):
            shown = match.group()
            yield Remark(code, *match.span(), f"“{shown}”{what}", why, _mended(code, shown))
    yield from _spaces(paper)
    yield from _words(paper, lists)
    yield from _items(paper)


def _mended(code: str, shown: str) -> str:
    if code == "半角标点":
        return chr(ord(shown) + 0xFEE0)
    if code == "全角数字":
        return "".join(chr(ord(sign) - 0xFEE0) for sign in shown)
    return shown[: len(shown) // 2] if code == "字词重复" else shown[-1]


def _pairs(text: str, start: int, end: int) -> Iterator[Remark]:
    """What opens in a paragraph closes there."""
    open_: list[int] = []
    for place in range(start, end):
        sign = text[place]
        if sign in _PAIRS.values():
            open_.append(place)
        elif sign in _PAIRS:
            if open_ and text[open_[-1]] == _PAIRS[sign]:
                open_.pop()
            else:
                yield Remark(
                    "括号引号不成对",
                    place,
                    place + 1,
                    f"“{sign}”前面没有“{_PAIRS[sign]}”",
                    "括号、引号成对",
                    "",
                )
                return
    for place in open_[:1]:
        closing = next(close for close, opening in _PAIRS.items() if opening == text[place])
        yield Remark(
            "括号引号不成对", place, place + 1, f"“{text[place]}”在本段没有“{closing}”", "括号、引号成对", ""
        )


def _spaces(paper: Paper) -> Iterator[Remark]:
    for start, end in paper.lines:
        line = paper.text[start:end]
        if end - start >= _SENTENCE and line.rstrip().endswith("。"):
            for match in _SPACED.finditer(line.strip("\u3000 ")):
                place = start + len(line) - len(line.lstrip("\u3000 ")) + match.start()
                yield Remark(
                    "字间空格", place, place + len(match.group()), "汉字之间有空格", "正文汉字之间不空格", ""
                )


def _words(paper: Paper, lists: Lists) -> Iterator[Remark]:
    for word in lists.words:
        place = paper.text.find(word.wrong)
        while place >= 0:
            end = place + len(word.wrong)
            if not any(_covers(paper.text, phrase, place, end) for phrase in word.unless):
                yield Remark(
                    "错别字",
                    place,
                    end,
                    f"“{word.wrong}”通常写作“{word.right}”",
                    word.why or "错别字表",
                    word.right,
                )
            place = paper.text.find(word.wrong, end)


def _covers(text: str, phrase: str, start: int, end: int) -> bool:
    """Whether ``phrase`` stands around the place."""
    place = text.find(phrase, max(0, end - len(phrase)), start + len(phrase))
    return place >= 0 and place <= start and end <= place + len(phrase)


def _items(paper: Paper) -> Iterator[Remark]:
    """The items of the order are numbered without a gap, and each is a sentence."""
    if paper.order is None:
        return
    first, last = paper.order
    expected = 1
    for start, end in paper.lines:
        match = _ITEM.match(paper.folded[start:end])
        if start < first or start >= last or match is None:
            continue
        number = int(chinese(match["number"]) or 0)
        place = start + match.start("number")
        if number != expected:
            yield Remark(
                "判项序号不连续",
                place,
                place + len(match["number"]),
                f"这里应是第 {expected} 项，写的是第 {number} 项",
                "判项从“一”起连续编号",
                "",
            )
        expected = number + 1
        if paper.text[start:end].rstrip()[-1] not in "。；：":
            yield Remark("判项没有句号", end - 1, end, "判项末尾没有句号或者分号", "每一判项是一句话", "")
