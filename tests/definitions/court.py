"""A small court of definition files that a test may break on purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.reading import ReadFile, read_bytes
from mingjing.definitions.registry import Registry

FIXTURES = Path(__file__).parent / "fixtures"
SUMMARY = (FIXTURES / "deadlines" / "summary.yaml").read_text(encoding="utf-8")


class Court:
    """The fixture files, copied to ``folder`` and free to be edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(FIXTURES, folder)

    def edit(self, name: str, before: str, after: str) -> Court:
        """Replace ``before``, which must be there, by ``after`` in one file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert before in text, f"{before} is not in {name}"
        return self.write(name, text.replace(before, after))

    def write(self, name: str, text: str) -> Court:
        """Write a file of the court."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def load(self) -> Registry:
        return Registry.load(self.folder)

    def errors(self) -> list[tuple[str, int, int, str]]:
        """(code, line, column, cause) of every error."""
        return [told(one) for one in self.load().problems if one.severity is Severity.ERROR]

    def warnings(self) -> list[tuple[str, int, int, str]]:
        """(code, line, column, cause) of every reminder."""
        return [told(one) for one in self.load().problems if one.severity is Severity.WARNING]


def told(problem: Problem) -> tuple[str, int, int, str]:
    return problem.code, problem.line, problem.column, problem.cause


def read(text: str | bytes) -> ReadFile:
    """One file on its own, called ``summary.yaml``."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_bytes(data, Notes(Path("summary.yaml")))


def summary_with(before: str, after: str, count: int = -1) -> str:
    """The sample deadline with an edit; ``before`` must be there."""
    assert before in SUMMARY, before
    return SUMMARY.replace(before, after, count)
