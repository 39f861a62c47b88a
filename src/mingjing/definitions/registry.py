"""All definitions of a court: the nationwide folder, and over it the court's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mingjing.definitions.checking import check_links
from mingjing.definitions.problems import DefinitionErrors, Severity
from mingjing.definitions.reading import read_file
from mingjing.definitions.shelf import Shelf, UnknownDefinition
from mingjing.definitions.stacking import stack

__all__ = ["Registry", "UnknownDefinition"]


@dataclass(frozen=True, eq=False)
class Registry(Shelf):
    """The shelf of one court, filled from its folders."""

    @classmethod
    def load(cls, *folders: Path | str) -> Registry:
        """Read every ``*.yaml`` under the folders; a later folder overrides by id. Never raises for what
        the files contain: see ``problems``."""
        paths = tuple(Path(folder) for folder in folders)
        read = [
            read_file(path, layer=layer)
            for layer, folder in enumerate(paths)
            for path in sorted(folder.rglob("*.yaml"))
        ]
        problems = [problem for one in read for problem in one.problems]
        definitions, clashes = stack([one.definition for one in read if one.definition is not None])
        broken = frozenset(one.id for one in read if one.definition is None)
        bare = cls(definitions, (), broken, paths)
        return cls(definitions, (*problems, *clashes, *check_links(bare)), broken, paths)

    @classmethod
    def load_strict(cls, *folders: Path | str) -> Registry:
        """As ``load``, but raises DefinitionErrors when anything is wrong (reminders do not count)."""
        registry = cls.load(*folders)
        if errors := [problem for problem in registry.problems if problem.severity is Severity.ERROR]:
            raise DefinitionErrors(errors)
        return registry
