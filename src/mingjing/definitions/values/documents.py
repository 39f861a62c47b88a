"""The text of a notice with its blanks, and the notice once they are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.domain.expressions.reading import Expression
from mingjing.domain.reasons import MissingFact

BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Blank:
    """A blank of a document. A blank that is not required is left empty when nothing is given."""

    name: str
    label: str
    required: bool


@dataclass(frozen=True)
class Borne:
    """A word for how far a record has come, and what the record must show for it."""

    label: str
    when: Expression


@dataclass(frozen=True)
class Counts:
    """What a bulletin counts: the records of a register, by what each bears out (the first of ``bears`` that
    holds, or ``otherwise``) and, where a field ``claims`` is named, by what each is claimed to be."""

    over: str
    claims: str
    bears: tuple[Borne, ...]
    otherwise: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Every word a record can bear out, in the order of the file."""
        return (*(one.label for one in self.bears), self.otherwise)


@dataclass(frozen=True)
class FilledDocument:
    """A document with its blanks filled in, ready to be laid out."""

    title: str
    to: str
    paragraphs: tuple[str, ...]
    signed_by: str
    copies_to: tuple[str, ...]


@dataclass(frozen=True)
class DocumentTemplate:
    """The text of a notice. ``body`` is a list of paragraphs with ``{blanks}``."""

    id: str
    label: str
    owner: str
    since: date
    number: str
    title: str
    to: str
    body: tuple[str, ...]
    blanks: tuple[Blank, ...]
    signed_by: str
    copies_to: tuple[str, ...] = ()
    counts: Counts | None = None
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    def numbered(self, year: int, serial: int, court: str = "") -> str:
        """The number of the ``serial``-th document of a year: ``（2024）督7号``."""
        width = re.search(r"\{序号:(\d)\}", self.number)
        shown = str(serial).zfill(int(width[1])) if width else str(serial)
        text = self.number.replace("{年}", str(year)).replace("{法院代字}", court)
        return re.sub(r"\{序号(:\d)?\}", shown, text)

    def fill(self, values: Mapping[str, str]) -> FilledDocument:
        """The document with its blanks filled in.

        Raises
        ------
        MissingFact   a required blank has no value
        """
        for blank in self.blanks:
            if blank.required and not values.get(blank.name, "").strip():
                raise MissingFact(
                    f"《{self.label}》缺少“{blank.label}”，不能出文。", example=f"{blank.name}：……"
                )
        return FilledDocument(
            _filled(self.title, values),
            _filled(self.to, values),
            tuple(_filled(paragraph, values) for paragraph in self.body),
            _filled(self.signed_by, values),
            tuple(_filled(one, values) for one in self.copies_to),
        )


def _filled(text: str, values: Mapping[str, str]) -> str:
    return BLANK.sub(lambda blank: values.get(blank[1].strip(), ""), text)
