"""What the whole installation shares — its log, its tree of courts — is kept by its highest court."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import Machine
from mingjing.services.permissions import NotAllowed
from mingjing.storage.people.models import Court


def highest_court() -> Court | None:
    """The court above all others here; of several, the one that was first. None before there is any."""
    return Court.objects.filter(parent=None).order_by("pk").first()


def is_highest(actor: Actor) -> bool:
    """Whether the actor is of that court."""
    highest = highest_court()
    return highest is not None and highest.pk == actor.court.pk


def require_highest(actor: Actor | Machine, what: str) -> None:
    """Refuse an actor of another court; the console may.

    Raises
    ------
    NotAllowed   names the court that does ``what`` (``登记见证单位``)
    """
    if isinstance(actor, Actor) and not is_highest(actor):
        raise NotAllowed(f"“{what}”涉及本系统的全部法院，由{highest_court()}办理。需要的，请与该院联系。")
