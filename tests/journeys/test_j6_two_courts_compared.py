"""J6. The intermediate court compares the late entries of two basic courts and sends each its own list."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.journeys.desk import Desk, downloaded, main_text
from tests.journeys.installation import Installation

FINDINGS = """
SELECT c.number FROM supervision_finding f JOIN cases_case c ON c.id = f.case_id
JOIN people_court k ON k.id = f.court_id WHERE k.code = :code AND f.state = '待改'
"""
QINGHE, LANXIAN = "云9801", "云9821"


def numbers_of(installation: Installation, code: str) -> set[str]:
    """Case numbers with something to mend at a court."""
    return {number for (number,) in installation.ask(FINDINGS, {"code": code})}


def words_of(path: Path) -> str:
    """All the text of a Word file, tables included."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(part.text for part in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("user", "own", "other"), [("shenguan", QINGHE, LANXIAN), ("lanxian", LANXIAN, QINGHE)]
)
def test_each_court_is_sent_its_own_list_and_sees_no_other(
    installation: Installation, desk: Desk, tmp_path: Path, user: str, own: str, other: str
) -> None:
    mine, theirs = numbers_of(installation, own), numbers_of(installation, other)
    assert mine and theirs
    with installation.served() as served:
        above = desk.sign_in(served.url, "zhongyuan")
        above.goto("/findings")
        above.click("text=各院对比")
        table = above.inner_text("main table")
        assert "清河法院" in table
        assert "岚县法院" in table
        for code in (QINGHE, LANXIAN):
            above.check(f"main input[name=court][value='{code}']")
        above.click("text=把清单发给选中的法院")
        above.click("text=发出 2 份")
        above.locator("text=已发出 2 份").wait_for()

        below = desk.sign_in(served.url, user)
        below.goto("/findings")
        assert "发来" in main_text(below)
        words = words_of(downloaded(below, ".box.info a", tmp_path))
        assert any(number in words for number in mine)
        assert not any(number in words for number in theirs)
        assert below.locator(".box.info a").count() == 1
        below.goto("/findings?state=全部&week=各周")
        shown = main_text(below)
        assert not any(number in shown for number in theirs)
        circulars = installation.ask(
            "SELECT c.id, k.code FROM supervision_circular c JOIN people_court k ON k.id = c.court_id"
        )
        answers = {
            code: below.request.get(f"{served.url}/findings/circulars/{pk}").status for pk, code in circulars
        }
        assert answers == {own: 200, other: 404}
