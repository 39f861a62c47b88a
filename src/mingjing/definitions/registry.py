"""All definitions of a court: the nationwide folder, and over it the court's own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mingjing.definitions.checking import check_links
from mingjing.definitions.definition import Definition
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import DefinitionErrors, Problem, Severity
from mingjing.definitions.reading import ReadFile, read_bytes, read_file
from mingjing.definitions.shelf import Shelf, UnknownDefinition
from mingjing.definitions.stacking import stack

__all__ = ["Registry", "UnknownDefinition"]
Reader = Callable[[Path, int], ReadFile]
"""Reads a file of the folder that is the so-manyeth."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of a text: the definition, the registry with it over everything, what is wrong."""

    definition: Definition | None
    registry: Registry | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from coming into force; reminders do not."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@dataclass(frozen=True, eq=False)
class Registry(Shelf):
    """The shelf of one court, filled from its folders."""

    @classmethod
    def load(cls, *folders: Path | str, read: Reader = read_file) -> Registry:
        """Read every ``*.yaml`` under the folders; a later folder overrides by id. Never raises for what
        the files contain: see ``problems``. ``read`` may know files from before."""
        return cls._filled(tuple(Path(folder) for folder in folders), (), read)

    @classmethod
    def load_with_draft(cls, draft: Path | str, *folders: Path | str) -> Registry:
        """As ``load``, with one more file laid over everything: what a draft would change is what this
        registry and the one without it answer differently."""
        return cls._filled(tuple(Path(folder) for folder in folders), (Path(draft),))

    def with_text(self, text: str, name: str) -> Drafted:
        """This registry with one text more laid over everything, without reading any file again.

        Only the text and its links are checked; what it would break elsewhere shows with ``load_with_draft``.
        """
        read = read_bytes(text.encode(), Notes(Path(name)), layer=len(self.folders))
        if read.definition is None:
            return Drafted(None, None, read.problems)
        definitions, clashes = stack([*self.definitions, read.definition])
        over = Registry(definitions, (), self.broken_ids, self.folders)
        links = check_links(over, only=read.definition)
        return Drafted(read.definition, over, (*read.problems, *clashes, *links))

    @classmethod
    def _filled(
        cls, paths: tuple[Path, ...], drafts: tuple[Path, ...], reader: Reader = read_file
    ) -> Registry:
        with _keeping_everything():
            return cls._read(paths, drafts, reader)

    @classmethod
    def _read(cls, paths: tuple[Path, ...], drafts: tuple[Path, ...], reader: Reader) -> Registry:
        read = [
            reader(path, layer)
            for layer, folder in enumerate(paths)
            for path in sorted(folder.rglob("*.yaml"))
        ]
        read += [reader(draft, len(paths)) for draft in drafts]
        problems = [*_say_folders(paths), *(problem for one in read for problem in one.problems)]
        definitions, clashes = stack([one.definition for one in read if one.definition is not None])
        broken = frozenset(one.id for one in read if one.definition is None)
        bare = cls(definitions, (), broken, paths)
        return cls(definitions, (*problems, *clashes, *check_links(bare)), broken, paths)

    @classmethod
    def load_strict(cls, *folders: Path | str, read: Reader = read_file) -> Registry:
        """As ``load``, but raises DefinitionErrors when anything is wrong (reminders do not count)."""
        registry = cls.load(*folders, read=read)
        if errors := [problem for problem in registry.problems if problem.severity is Severity.ERROR]:
            raise DefinitionErrors(errors)
        return registry


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """No search for garbage while nearly everything made is kept: a fifth of the time of loading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _say_folders(folders: Iterable[Path]) -> Iterator[Problem]:
    """Folders that are not there, and files that would be passed over in silence."""
    for folder in folders:
        if not folder.is_dir():
            yield Problem(folder, 1, 1, "", "没有这个文件夹。请核对路径。", "unreadable-file")
        for path in sorted(one for one in folder.rglob("*") if _is_meant(one)):
            cause = f"文件扩展名是“{path.suffix}”，不会被读取。请改名为“{_bare(path)}.yaml”。"
            yield Problem(path, 1, 1, "", cause, "bad-extension", example=f"{_bare(path)}.yaml")


_MEANT = (".txt", ".doc", ".docx", ".json", ".rtf", ".wps")
"""What an editor adds or keeps behind the name without being asked: ``room.yaml.txt``."""


def _is_meant(path: Path) -> bool:
    """Whether a file was probably meant as a definition, though its name will not have it read."""
    suffix = path.suffix.lower()
    yaml = len(suffix) <= 6 and suffix.startswith(".y") and suffix.endswith("ml")
    return path.suffix != ".yaml" and (yaml or suffix in _MEANT) and path.is_file()


def _bare(path: Path) -> str:
    """The name without what stands behind it: ``room`` of ``room.yaml.txt``."""
    return path.name.split(".", 1)[0] if ".y" in path.stem.lower() else path.stem
