"""What is collected while one file is read: its problems and the names it uses from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that must be a key of a dictionary; looked up once all files are read."""

    dictionary: str
    word: str
    node: Node
    what: str


@dataclass(slots=True)
class Notes:
    """The reading of one file. Problems are kept in order of finding; reading never stops at one."""

    path: Path
    lines: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def say(
        self,
        at: Node | tuple[int, int],
        code: str,
        cause: str,
        *,
        allowed: tuple[str, ...] = (),
        example: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a node, or at (line, column)."""
        line, column = at if isinstance(at, tuple) else (at.line, at.column)
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.problems.append(Problem(self.path, line, column, text, cause, code, allowed, example, severity))

    def refer(self, dictionary: str, node: ScalarNode, what: str) -> None:
        """Note that the text of ``node`` must be a key of ``dictionary``."""
        self.references.append(Reference(dictionary, node.text, node, what))

    @property
    def errors(self) -> int:
        """How many errors were found; reminders do not count."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return self.errors > 0
