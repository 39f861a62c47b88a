"""Verifications of the log that somebody asked for on the page, done by the background hand, in turn."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.installation import now
from mingjing.services.proving.checking import verify_log
from mingjing.services.proving.checkpoints import KIND, VERIFY
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import LogCheck


def ask_check(actor: Actor | Machine) -> LogCheck:
    """Have the whole log verified; one that waits or runs already is joined without another entry."""
    running = LogCheck.objects.filter(finished_at=None).first()
    if running is not None:
        return running
    with act(actor, "核验日志全文", needs=VERIFY, subject_kind=KIND, subject_id="") as entry:
        name = actor.person.name if isinstance(actor, Actor) else actor.name
        found = LogCheck.objects.create(asked_by=name, asked_at=now(), total=tree.size())
        entry.subject_id = str(found.pk)
    return found


def work_one_check() -> bool:
    """Do the oldest verification that waits; one that died half way is begun again. Whether there was one."""
    check = LogCheck.objects.filter(finished_at=None).order_by("pk").first()
    if check is None:
        return False
    check.started_at, check.total = now(), tree.size()
    check.save(update_fields=["started_at", "total"])

    def step(entries: int) -> None:
        LogCheck.objects.filter(pk=check.pk).update(done=entries)

    found = verify_log(step)
    check.done, check.finished_at, check.sound = found.entries, now(), found.sound
    check.findings = [{"text": one.text, "seq": one.seq, "grave": one.grave} for one in found.findings]
    check.said = [
        f"{found.entries} 条逐条重算，其中 {found.destroyed} 条的内容已依规销毁",
        f"检查点 {found.checkpoints} 个，副署 {found.countersigned} 个",
    ]
    if found.first_bad is not None:
        check.said.append(f"最早不对的是第 {found.first_bad} 条")
    check.save()
    return True
