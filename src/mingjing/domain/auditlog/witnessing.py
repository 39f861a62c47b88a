"""What a witness does: it countersigns a checkpoint only where the log continues the one it saw before.

What a witness is handed has the form of C2SP tlog-witness: ``old N``, the consistency proof in base64, an
empty line, the signed checkpoint.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from mingjing.domain.auditlog.checkpoints import BadNote, Checkpoint, read_note
from mingjing.domain.auditlog.hashing import SHA256, Hashing
from mingjing.domain.auditlog.merkle import ProofError, check_consistency
from mingjing.domain.reasons import Refusal

LONGEST_PROOF = 63
"""Steps a consistency proof may have (C2SP tlog-witness)."""


class Forked(Refusal):
    """The checkpoint does not continue the one seen before: two histories of one log."""

    code = "log-forked"


class OutOfStep(Refusal):
    """The proof does not begin at the checkpoint seen before; another one is needed."""

    code = "out-of-step"


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed to a witness: the size the proof begins at, the proof, the signed checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """As it is sent or kept in a file."""
        steps = "".join(f"{base64.b64encode(step).decode()}\n" for step in self.proof)
        return f"old {self.old}\n{steps}\n{self.note}"


def read_handed(text: str) -> Handed:
    """What was handed over; a bare checkpoint counts as one whose proof begins at nothing.

    Raises
    ------
    BadNote   another form
    """
    if not text.startswith("old "):
        read_note(text)
        return Handed(0, (), text)
    head, gap, note = text.partition("\n\n")
    first, *steps = head.split("\n")
    size = first.removeprefix("old ")
    if not gap or not size.isdecimal() or len(steps) > LONGEST_PROOF:
        raise BadNote("送交见证的文件应是：“old 条数”、延续证明、一个空行、检查点。", example="old 1024")
    try:
        proof = tuple(base64.b64decode(step, validate=True) for step in steps)
    except ValueError:
        raise BadNote("延续证明里有一行不是 Base64。") from None
    read_note(note)
    return Handed(int(size), proof, note)


def continues(seen: Checkpoint | None, handed: Handed, hashing: Hashing = SHA256) -> Checkpoint:
    """The checkpoint that was handed over, if its log continues the one ``seen`` last.

    Raises
    ------
    Forked      it is another log under the same name: shorter, or with another past
    OutOfStep   the proof begins elsewhere than at the checkpoint seen
    """
    found, _ = read_note(handed.note)
    if seen is None:
        return found
    if found.origin != seen.origin:
        raise Forked(f"这是“{found.origin}”的检查点，上次见到的是“{seen.origin}”的。")
    if found.size < seen.size:
        raise Forked(f"上次见到时日志有 {seen.size} 条，这次只有 {found.size} 条：日志被截短过。")
    if found.size == seen.size:
        if found.root != seen.root:
            raise Forked(f"同样是 {seen.size} 条，根却与上次见到的不同：日志有两个版本。")
        return found
    if seen.size and handed.old != seen.size:
        said = f"延续证明从 {handed.old} 条开始，上次见到的是 {seen.size} 条，接不上。"
        raise OutOfStep(said, example=f"mingjing log checkpoint --since {seen.size}")
    if seen.size:
        try:
            check_consistency(seen.size, found.size, seen.root, found.root, handed.proof, hashing)
        except ProofError:
            said = f"前 {seen.size} 条与上次见到的对不上：日志被改写过，或者有两个版本。"
            raise Forked(said) from None
    return found
