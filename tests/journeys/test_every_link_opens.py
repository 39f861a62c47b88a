"""Whoever is shown a link may follow it: no page offers what the person behind it is refused."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qsl, quote, urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.journeys.desk import PASSWORD
from tests.journeys.installation import Installation

PEOPLE = ("faguan", "shenguan", "ducha", "bangong", "yuanzhang", "shenji")
PAGES = 90
REGISTER = re.compile(
    r"\b(activity|approval|assignment|calendar|card|caseflow|deadline|detector|dictionary|document|filing|"
    r"indicator|ledger|meeting|quota|roles|screening|sheet)\.[\w.-]+"
)
EXPLAINED = re.compile(r"/registers/[\w.]+/bulletin")
"""A bulletin counts the whole register; whoever sees a part of it is told so."""


class Links(HTMLParser):
    """Every address a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where an anchor leads."""
        self.found += [value for key, value in attrs if tag == "a" and key == "href" and value]


@pytest.fixture(scope="module")
def address(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One court for all of this file: nobody changes anything here."""
    with Installation.copied(template, tmp_path_factory.mktemp("walked") / "data").served() as running:
        yield running.url


def opened(url: str, username: str) -> OpenerDirector:
    """Somebody logged in."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{url}/login").read().decode()
    ((token),) = re.findall(r'csrfmiddlewaretoken" value="([^"]+)', page)[:1]
    entered = {"csrfmiddlewaretoken": token, "username": username, "password": PASSWORD}
    browser.open(f"{url}/login", urlencode(entered).encode())
    return browser


def shape(link: str) -> str:
    """What the address is one of: numbers and names of definitions left out, fields of the query kept."""
    path, _, query = link.partition("?")
    fields = ",".join(sorted(key for key, _value in parse_qsl(query, keep_blank_values=True)))
    plain = REGISTER.sub(r"\1.", re.sub(r"\d+", "N", path))
    return f"{plain}?{fields}"


def refused(url: str, username: str) -> list[str]:
    """The links that do not open, two of every shape tried, with the page that offered them."""
    browser = opened(url, username)
    waiting, tried, wrong = deque([("/", "")]), dict[str, int](), list[str]()
    pages = 0
    while waiting and pages < PAGES:
        link, offered_by = waiting.popleft()
        pages += 1
        try:
            answer = browser.open(url + quote(link, safe="/?&=%:,.+-_~"))
        except HTTPError as error:
            if not (error.code == 422 and EXPLAINED.fullmatch(link.partition("?")[0])):
                wrong.append(f"{username}：{offered_by} → {link}：{error.code}")
            continue
        if "html" not in answer.headers.get("content-type", ""):
            continue
        reader = Links()
        reader.feed(answer.read().decode())
        for found in reader.found:
            target = urljoin(link, found).split("#")[0]
            kind = shape(target)
            if target.startswith("/") and "logout" not in target and tried.get(kind, 0) < 2:
                tried[kind] = tried.get(kind, 0) + 1
                waiting.append((target, link))
    assert pages > 20, "登录没有成功"
    return wrong


@pytest.mark.parametrize("username", PEOPLE)
def test_every_link_somebody_is_shown_opens_for_them(address: str, username: str) -> None:
    assert refused(address, username) == []
