"""What an approval refuses, each with its own code."""

from __future__ import annotations

from mingjing.domain.reasons import Refusal


class PostVacant(Refusal):
    """Nobody holds any post that decides a step."""

    code = "post-vacant"


class NobodyElse(Refusal):
    """Whoever holds the posts of a step may not decide it: they apply, or are needed for another step."""

    code = "nobody-else"


class NoStepApplies(Refusal):
    """No step of the approval is needed for what was filled in."""

    code = "no-step-applies"


class DecidedAlready(Refusal):
    """Somebody would decide twice, or a decision that stands would be taken away."""

    code = "decided-already"


class HandedToWrongPerson(Refusal):
    """A step cannot be handed on to this person."""

    code = "handed-to-wrong-person"


class NotOffered(Refusal):
    """The step does not offer this, or the approval cannot be sent back there."""

    code = "not-offered"


class UrgedAlready(Refusal):
    """Somebody was urged today already."""

    code = "urged-already"
