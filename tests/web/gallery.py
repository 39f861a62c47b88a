"""Every template and snippet on sample pages, to look at.

``python -m tests.web.gallery FOLDER`` writes the pages; with a browser installed it also takes their
pictures at three sizes, under the product's own content policy, and reports what the policy refused.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from mingjing.domain.reasons import Answer, MissingFact, Refusal, Step

HERE = Path(__file__).resolve().parent
ON = date(2026, 9, 30)
SIZES = {"desk": (1366, 768), "phone": (390, 844), "wall": (1920, 1080)}
SAMPLES = {path.stem: path for path in (HERE / "gallery").glob("*.html")}
NAMED = ("base/confirm.html", "base/progress.html", "404.html", "403.html")
NAMES = {*SAMPLES, *(Path(name).stem for name in NAMED), "500", "404-signed-out", "draft"}
BROWSER = os.environ.get("MINGJING_BROWSER", "/usr/bin/chromium")


def _shell() -> dict[str, object]:
    labels = (
        "今日",
        "案件",
        "台账",
        "会议",
        "线索",
        "指标",
        "考评",
        "分案",
        "文书",
        "公开",
        "制度",
        "审计",
        "系统",
    )
    counts = {"今日": 7, "案件": 1284, "台账": 46, "线索": 3}
    nav = [
        {
            "label": label,
            "url": "#",
            "current": label == "案件",
            "count": counts.get(label),
            "must": label == "今日",
            "gap": label in ("指标", "制度"),
        }
        for label in labels
    ]
    sub = ("全部案件", "节点看板", "预警", "督办", "长期未结", "审批", "识别与分流", "录入核查", "导入")
    person = SimpleNamespace(name="周见微", pk=1)
    return {
        "nav": nav,
        "subnav": [{"label": label, "url": "#", "current": label == "全部案件"} for label in sub],
        "actor": SimpleNamespace(person=person, title="民事审判第一庭 庭长"),
        "court": SimpleNamespace(name="云溪市中级人民法院"),
        "on": ON,
        "request": RequestFactory().get("/cases", {"department": "民事审判第一庭"}),
    }


def _cases() -> list[dict[str, object]]:
    causes = ("买卖合同纠纷", "建设工程施工合同纠纷", "民间借贷纠纷", "离婚纠纷", "机动车交通事故责任纠纷")
    judges = ("沈知白", "顾行简", "陆含章", "谢观澜")
    stages = ("送达", "排期开庭", "合议裁判", "送达归档")
    rows: list[dict[str, object]] = []
    for i in range(25):
        due = ON + timedelta(days=3 * i - 9)
        days = (due - ON).days
        colour = 3 if days <= 0 else 2 if days <= 10 else 1 if days <= 30 else 0
        words = f"逾期 {-days} 天" if days < 0 else "今天" if days == 0 else f"还有 {days} 天"
        rows.append(
            {
                "number": f"（2026）云0102民初{1560 + 37 * i}号",
                "cause": causes[i % 5],
                "procedure": ("简易程序", "普通程序")[i % 2],
                "judge": judges[i % 4],
                "stage": stages[i % 4],
                "filed": date(2026, 3, 2) + timedelta(days=4 * i),
                "due": due,
                "colour": colour,
                "words": words,
                "days": 530 - 17 * i,
                "tags": (("涉民企",), (), ("涉群体", "重大敏感"))[i % 3],
            }
        )
    return rows


def _answer() -> Answer[date]:
    return Answer(
        date(2026, 10, 8),
        (
            Step("2026-06-23", "立案，当日不计入", "民事诉讼法第八十五条第二款"),
            Step("+ 3 个月", "→ 2026-09-23", "民事诉讼法第一百六十四条"),
            Step("+ 12 天", "鉴定 2026-07-20 至 07-31", "法释〔2000〕29号第九条"),
            Step("→ 10-05", "国庆假期，顺延到假后第一日", "民事诉讼法第八十五条第三款"),
            Step("2026-10-08", "星期四，最迟审结日"),
        ),
        "deadline.civil.summary @ 2022-01-01 # 3f9a1c20",
        ("审限届满遇休假日是否顺延，各地做法不一。",),
        ("2027 年的放假安排还没有公布，跨年的工作日按暂定日历计算。",),
    )


class RequestForm(forms.Form):
    """A form with every kind of control, one field in error."""

    length = forms.CharField(label="延长多久", help_text="写数字、空格和单位。")
    length.example = "1 个月"  # type: ignore[attr-defined]
    kind = forms.ChoiceField(label="事由", choices=[("", "请选择"), ("1", "案情复杂"), ("2", "其他")])
    day = forms.DateField(label="预计审结", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), help_text="一两句话。")
    track = forms.ChoiceField(
        label="审理程序", choices=[("a", "简易"), ("b", "普通")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label="双方当事人同意", required=False)
    file = forms.FileField(label="申请书", required=False, help_text="PDF 或 Word，不超过 20 MB。")


class SignInForm(forms.Form):
    """The two fields of the log-in page."""

    username = forms.CharField(label="账号", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label="口令", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


def _filters() -> list[dict[str, object]]:
    def one(name: str, label: str, value: str, *words: str) -> dict[str, object]:
        return {"name": name, "label": label, "value": value, "options": [("", label), *words]}

    return [
        one("department", "全院", "民事审判第一庭", "民事审判第一庭", "民事审判第二庭", "执行局"),
        one("due", "不论期限", "", "逾期", "三天内", "本周内"),
        one("status", "不论状态", "在办", "在办", "已结"),
        one("kind", "各类案件", "", "民事一审", "刑事一审"),
        {"name": "handler", "label": "承办人", "value": ""},
        one("order", "按期限排", "", "新收", "案龄"),
    ]


def _duties() -> list[dict[str, object]]:
    rows = (
        (3, "逾期 2 天", "督办通知〔2026〕18号", "书面说明长期未结原因", "回复", True),
        (3, "今天", "审限变更审批", "申请延长 1 个月", "审批", True),
        (2, "3 个工作日", "整改报验验收", "诉讼服务窗口一次性告知不全", "验收", False),
        (2, "5 个工作日", "四类案件识别确认", "涉群体性纠纷", "确认", False),
        (1, "十月十二日", "九月“三个规定”填报", "本庭 18 人，已报 17 人", "提醒", False),
    )
    sub = "（2025）云0102民初771号 建设工程施工合同纠纷 · 已立案 16 个月 · 昨日 17:30 报分管院领导"
    keys = ("colour", "words", "title", "text", "act", "must")
    return [{**dict(zip(keys, row, strict=True)), "sub": sub} for row in rows]


def _case_page() -> dict[str, object]:
    """What the sample page of one case shows."""
    return {
        "answer": _answer(),
        "missing": MissingFact("缺少“送达日期”，算不出答辩期。", allowed=("送达日期",), example="2026-07-02"),
        "entries": [
            {"on": date(2026, 6, 23), "text": "立案", "note": "当日录入"},
            {
                "on": date(2026, 6, 25),
                "text": "移送审判庭，随机分案至 沈知白",
                "url": "#",
                "url_label": "验证这次分案",
            },
            {
                "on": date(2026, 7, 20),
                "text": "委托鉴定，停止计算审限",
                "late": "08-03 才录入，晚 14 天",
                "state": "warn",
            },
            {"when": "10-08 前", "text": "宣判", "state": "next"},
        ],
        "details": [
            ("原告", "云溪恒通建材有限公司"),
            ("标的", "1,286,400.00 元"),
            ("案链", "（2026）云0102诉前调208号", "#"),
        ],
    }


def context() -> dict[str, object]:
    """Everything the sample pages show."""
    form = RequestForm({"length": "2 个月", "kind": "1", "reason": "案情复杂，鉴定周期长。", "track": "a"})
    form.add_error("length", "最多延长 1 个月。可用：1 天 至 1 个月。")
    cases = _cases()
    cards = [
        {"url": "#", "title": c["number"], "sub": c["cause"], "colour": c["colour"], "words": c["words"]}
        for c in cases[:6]
    ]
    board = [
        {"label": label, "count": 41 + 9 * i, "late": i % 3, "cards": cards[i:], "url": "#", "rest": 35}
        for i, label in enumerate(("立案", "送达", "排期开庭", "合议裁判", "宣判", "送达归档"))
    ]
    return {
        **_shell(),
        "messages": [Message(constants.SUCCESS, "督办通知〔2026〕18号已发给沈知白，回复期限十月十二日。")],
        "cases": cases,
        "fields": _filters(),
        "tools": [{"label": "导出 Excel", "url": "#"}, {"label": "打印", "url": "#"}],
        "duties": _duties(),
        "stages": [
            {"label": "送达", "open": 41, "soon": 6, "late": 0, "share": 52, "over": False},
            {"label": "合议裁判", "open": 1086, "soon": 11, "late": 3, "share": 94, "over": True},
        ],
        "coming": [("十月八日", "假后首日，4 件顺延届满"), ("十月十四日", "专业法官会议（2 件）", "#")],
        **_case_page(),
        "form": form,
        "refused": Refusal("延长 2 个月超过了上限。", allowed=("1 天 至 1 个月",), example="1 个月"),
        "tabs_items": [
            {"label": "退回", "url": "#", "count": 15, "current": True},
            {"label": "更新", "url": "#", "count": 96},
        ],
        "columns": board,
        "question": "发出 4 份督办通知？",
        "consequences": [
            "沈知白等 4 位承办人今天收到通知",
            "回复期限：十月十二日；结案期限：十月三十日",
            "分管院领导收到抄送",
        ],
        "must": True,
        "job": {"title": "正在导入 1,284 行", "words": "核对案号", "done": 512, "total": 1284, "url": "#"},
        "cut_off": datetime(2026, 9, 30, 9, 0, tzinfo=UTC),
        "pages_total": 3,
        "page_number": 1,
        "next": "",
    }


def render_all() -> dict[str, str]:
    """The pages by name. Named templates of the product, and the sample pages of this folder."""
    shown = context()
    pages = {}
    with override_settings(ROOT_URLCONF="tests.web.gallery_urls"):
        for name, path in SAMPLES.items():
            template = engines["django"].from_string(path.read_text(encoding="utf-8"))
            form = SignInForm() if name == "login" else shown["form"]
            pages[name] = template.render({**shown, "form": form})
            if name == "form":
                pages["draft"] = template.render({**shown, "form": RequestForm(), "refused": None})
        bare = {key: value for key, value in shown.items() if key not in ("form", "refused")}
        for name in NAMED:
            pages[Path(name).stem] = render_to_string(name, bare)
        pages["500"] = render_to_string("500.html", {})
        pages["404-signed-out"] = render_to_string("404.html", {})
    return pages


def write_gallery(folder: Path) -> list[Path]:
    """Write every page and the static files it links into ``folder``."""
    from django.contrib.staticfiles.finders import find

    folder.mkdir(parents=True, exist_ok=True)
    for name in ("mingjing", "django_htmx"):
        found = find(name)
        assert isinstance(found, str)
        shutil.copytree(found, folder / "static" / name, dirs_exist_ok=True)
    written = []
    for name, text in render_all().items():
        path = folder / f"{name}.html"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the gallery under the product's own content policy."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        from mingjing.web.middleware import POLICY

        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: requests of the gallery are of no interest."""


def look(browser: Any, site: str, names: Iterable[str], pictures: Path | None = None) -> list[str]:
    """Open each page at each size; returns what the browser complained about and what is too wide."""
    complaints: list[str] = []
    for size, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for name in names:
            page.goto(f"{site}/{name}.html")
            if pictures:
                page.screenshot(path=pictures / f"{name}-{size}.png", full_page=size == "phone")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                complaints.append(f"{name} at {size}: {wide} px wider than the screen")
        page.close()
    return complaints


def take_pictures(folder: Path, names: list[str]) -> list[str]:
    """Pictures of the pages at each size, beside the pages; returns the complaints."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Handler, directory=os.fspath(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        complaints = look(browser, f"http://127.0.0.1:{server.server_port}", names, folder)
        browser.close()
    server.shutdown()
    return complaints


if __name__ == "__main__":
    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        django.setup()
    target = Path(sys.argv[1])
    pages = [path.stem for path in write_gallery(target)]
    for complaint in take_pictures(target, [*sys.argv[2:]] or pages):
        print(complaint)
