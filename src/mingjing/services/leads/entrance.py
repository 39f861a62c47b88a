"""All the public entrance for reports may ask of the house: take one in, ask with a receipt, write again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from mingjing.services.leads import talking
from mingjing.services.leads.organisations import reportable_courts
from mingjing.services.leads.receipts import CONTENT_NAME, NAME
from mingjing.services.leads.receiving import Received, Report, SealedFile, receive
from mingjing.services.leads.talking import Progress
from mingjing.services.leads.tickets import Ticket, new_ticket, spend
from mingjing.services.leads.uploads import require_room
from mingjing.storage.people.models import Court

__all__ = [
    "Progress", "Received", "SealedFile", "Ticket", "add", "ask", "courts", "new_ticket", "proofs", "report",
]  # fmt: skip


CONTENT = "内容"
"""What a form of the entrance asks for where it wants what was handed in, and not the receipt."""


def courts() -> list[Court]:
    """The courts whose people may be reported."""
    return reportable_courts()


@transaction.atomic
def report(
    ticket: str,
    proof: str,
    *,
    court: Court,
    text: str,
    reported: str = "",
    unit: str = "",
    reporter: str = "",
    contact: str = "",
    files: Sequence[SealedFile] = (),
) -> Received:
    """A report from outside, kept with its receipt or refused with nothing kept.

    Raises
    ------
    TooEarly, SpentBefore   the ticket
    EmptyReport             nothing was written
    NoReceiver              nobody is left who may receive it
    FileRefused             the files of this day are too many already; without files it is taken
    """
    names = tuple(part.strip() for part in reported.replace("，", "、").replace(",", "、").split("、"))
    spend(ticket, proof)
    require_room(files, court)
    return receive(
        Report(
            court,
            text,
            reported=tuple(name for name in names if name),
            unit=unit.strip(),
            reporter=reporter.strip(),
            contact=contact.strip(),
            files=files,
        )
    )


def ask(words: str) -> Progress:
    """How a report stands. Raises WrongReceipt."""
    return talking.progress(words)


def proofs(words: str, wanted: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that proves a report: the receipt, or what was handed in.

    Raises
    ------
    WrongReceipt   the code words are none of ours, or what was handed in is not sealed to them
    NotProvable    no checkpoint covers it yet
    """
    if wanted == CONTENT:
        return CONTENT_NAME, talking.content_file(words)
    return NAME, talking.receipt_file(words)


@transaction.atomic
def add(words: str, message: str, ticket: str, proof: str, files: Sequence[SealedFile] = ()) -> None:
    """A message more, for whoever holds the receipt. Raises WrongReceipt, EmptyReport, TooEarly, FileRefused.

    Files count with those of every other report of the day.
    """
    spend(ticket, proof)
    require_room(files)
    talking.write_message(words, message, files)
