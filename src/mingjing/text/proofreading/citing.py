"""Laws as the document cites them: name, brackets, article, and whether the law was in force that day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from mingjing.text.numerals import chinese
from mingjing.text.proofreading.known import Known, Law, Lists
from mingjing.text.proofreading.names import one_off
from mingjing.text.proofreading.paper import Paper
from mingjing.text.proofreading.remarks import Remark

_HAN = "[零一二三四五六七八九十百千]+"
_NAMED = re.compile(r"《(?P<name>[^《》\n]{2,60})》")
_ARTICLE = re.compile(
    rf"第(?P<number>{_HAN}|\d+)条(?:之{_HAN})?(?P<rest>(?:第(?:{_HAN}|\d+)款)?(?:第?\(?(?:{_HAN}|\d+)\)?项)?)"
)
_BARE = re.compile(
    r"(?<![《\u4e00-\u9fff])(?:依照|依据|根据|按照)?(?P<name>中华人民共和国[^《》,。;、\n()]{1,24}?(?:法典|法))(?=第[零一二三四五六七八九十百千\d]+条)"
)
_CHAIN = re.compile(
    rf"(?:[、,和及]|以及)?第(?:{_HAN}|\d+)条(?:之{_HAN})?(?:第(?:{_HAN}|\d+)款)?(?:第?\(?(?:{_HAN}|\d+)\)?项)?"
    r"(?:[、和](?:第?\(?(?:[零一二三四五六七八九十]+|\d+)\)?[项款]))*(?:(?:的)?规定)?"
)
FULL = "中华人民共和国"


def check_laws(paper: Paper, known: Known, lists: Lists) -> Iterator[Remark]:
    """Every 《…》 with the articles behind it, held against the court's list of laws."""
    on = paper.signed.day if paper.signed and paper.signed.day else known.on
    for match in _BARE.finditer(paper.folded):
        start, end = match.span("name")
        yield Remark(
            "法律名称没有书名号",
            start,
            end,
            f"“{match['name']}”没有加书名号",
            "法律名称加书名号",
            f"《{match['name']}》",
        )
    citing = paper.citing
    for match in _NAMED.finditer(paper.folded):
        name, (start, end) = match["name"], match.span()
        articles = _articles(paper.folded, end)
        law = _law(name, lists.laws, on)
        if law is None:
            yield from _unknown(name, start, end, lists.laws, articles)
            continue
        in_order = citing is not None and citing[0] <= start < citing[1]
        if in_order and law.short == name and f"以下简称{name}" not in paper.folded and law.short != law.name:
            yield Remark(
                "法律用了简称",
                start,
                end,
                f"主文依据里用了简称《{name}》",
                "主文依据写法律的全称",
                f"《{law.name}》",
            )
        if law.until is not None and on >= law.until and articles:
            instead = f"，由《{law.instead}》代替" if law.instead else ""
            yield Remark(
                "法律已经废止",
                start,
                end,
                f"《{law.name}》{law.until} 起废止{instead}",
                "适用旧法的（法律事实发生在废止以前），写明理由后保留",
                "",
            )
        yield from _numbers(articles, law)


def _articles(folded: str, end: int) -> list[re.Match[str]]:
    """The articles that follow a name without anything between."""
    found: list[re.Match[str]] = []
    while True:
        chain = _CHAIN.match(folded, end)
        if chain is None:
            return found
        article = _ARTICLE.search(folded, chain.start(), chain.end())
        if article is None:
            return found
        found.append(article)
        end = chain.end()


def _law(name: str, laws: Sequence[Law], on: date) -> Law | None:
    """The law of this name; of several versions the one in force, else the latest."""
    same = [law for law in laws if name in (law.name, law.short)]
    in_force = [
        law
        for law in same
        if (law.since is None or law.since <= on) and (law.until is None or on < law.until)
    ]
    return (in_force or sorted(same, key=lambda law: law.since or date.min))[-1] if same else None


def _unknown(
    name: str, start: int, end: int, laws: Sequence[Law], articles: list[re.Match[str]]
) -> Iterator[Remark]:
    """A name that is none of the list but nearly one of it, cited by article."""
    if not articles or len(name) < 6:
        return
    near = next((law.name for law in laws if one_off(name, law.name)), "")
    if near:
        yield Remark(
            "法律名称有误", start, end, f"《{name}》与《{near}》差一个字", "按法律的全称", f"《{near}》"
        )


def _numbers(articles: list[re.Match[str]], law: Law) -> Iterator[Remark]:
    seen: set[str] = set()
    for one in articles:
        written = one["number"]
        number = int(written) if written.isdigit() else int(chinese(written) or 0)
        if law.articles is not None and number > law.articles:
            yield Remark(
                "没有这一条",
                *one.span(),
                f"《{law.name}》共 {law.articles} 条，没有第 {number} 条",
                "条数按本院登记的法律表",
                "",
            )
        if written.isdigit():
            yield Remark(
                "条文序号写法",
                *one.span(),
                f"“{one.group()}”用了阿拉伯数字",
                "裁判文书引用条文，序号用汉字",
                "",
            )
        if one.group() in seen:
            yield Remark(
                "同一条引用两次",
                *one.span(),
                f"《{law.name}》{one.group()}引用了两次",
                "同一处引用只写一次",
                "",
            )
        seen.add(one.group())
