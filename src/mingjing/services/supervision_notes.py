"""监督意见: a supervisor's words on a case. The panel sees them, nobody removes them, they decide nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import filled
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotAllowed, seen_case
from mingjing.storage.supervision.models import SupervisionNote

SUPERVISE = "留监督意见"


def add_note(actor: Actor, *, case_id: int, text: str) -> SupervisionNote:
    """Leave a note on a case somebody else tries; the same text again returns the note that is there.

    Raises
    ------
    NotAllowed   no supervising role, or the actor's own case
    WrongEntry   empty, or longer than 1000 characters
    """
    words = filled(text, "监督意见", example="请合议庭在评议前提交类案检索报告", longest=1000)
    same = SupervisionNote.objects.filter(case=case_id, author=actor.person, text=words).first()
    if same is not None:
        return same
    with act(actor, SUPERVISE, needs=SUPERVISE, subject_kind="案件", subject_id=case_id) as record:
        case = lock_case(actor, case_id)
        if case.handler_id == actor.person.pk or case.panel.filter(person=actor.person).exists():
            raise NotAllowed("您是本案的承办人或者合议庭成员，不能给本案留监督意见。")
        roles = registry(actor.court).roles(actor.on).roles
        supervising = [role.label for role in roles if role.label in actor.roles and SUPERVISE in role.may]
        note = SupervisionNote.objects.create(
            case=case, author=actor.person, author_role=supervising[0], text=words, at=now()
        )
        record.payload = {"案号": case.number, "身份": note.author_role, "意见": words}
    return note


def notes_on(actor: Actor, case_id: int) -> QuerySet[SupervisionNote]:
    """Every note on a case the actor may see, oldest first."""
    case = seen_case(actor, case_id)
    return case.supervision_notes.select_related("author").order_by("at", "pk")
