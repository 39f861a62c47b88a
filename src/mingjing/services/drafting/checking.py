"""What a draft says and what is wrong with it, as often as somebody types."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.definitions.definition import Definition
from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import Tried, try_examples
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court

NAME = "草稿"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft read: its definition (None while something stands in the way), its problems, its examples.

    ``over`` is the court's registry with the draft laid over it.
    """

    definition: Definition | None
    over: Registry | None
    problems: tuple[Problem, ...]
    examples: tuple[Tried, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from coming into force."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def reminders(self) -> tuple[Problem, ...]:
        """What is worth a look and stops nothing."""
        return tuple(problem for problem in self.problems if problem.severity is not Severity.ERROR)

    @property
    def failed(self) -> tuple[Tried, ...]:
        """Examples that come out otherwise than they say."""
        return tuple(one for one in self.examples if not one.outcome.ok)

    @property
    def ready(self) -> bool:
        """Whether it may be submitted: no error, and every example true."""
        return self.definition is not None and not self.errors and not self.failed


def check(court: Court, text: str) -> Checked:
    """Read ``text`` over what is in force at ``court`` and run its examples. Nothing is written."""
    drafted = registry(court).with_text(text.replace("\r\n", "\n"), NAME)
    if drafted.definition is None or drafted.registry is None or drafted.errors:
        return Checked(drafted.definition, drafted.registry, drafted.problems, ())
    examples = tuple(try_examples(drafted.definition, drafted.registry))
    return Checked(drafted.definition, drafted.registry, drafted.problems, examples)
