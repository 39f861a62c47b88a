"""The log held against a checkpoint kept elsewhere: what a witness has, this database must still say.

A database put back to an older state is sound in itself; only what left the house tells that it is old.
"""

from __future__ import annotations

from mingjing.domain.auditlog.checkpoints import read_note
from mingjing.domain.auditlog.merkle import Growing
from mingjing.services.proving.own_key import own_vkeys
from mingjing.services.proving.signing import signed_at
from mingjing.storage.auditlog import tree
from mingjing.storage.auditlog.models import Act


def held_against(note: str) -> str:
    """What of the log does not fit a checkpoint of it, in words; empty where everything does.

    Raises
    ------
    BadNote   it is no checkpoint
    """
    point, signatures = read_note(note)
    if all(signed_at(vkey, point, signatures) is None for vkey in own_vkeys()):
        return f"{point.size} 条的那份检查点没有本院的有效签名，不能用来核对。"
    there = tree.size()
    if there < point.size:
        return (
            f"存在外面的检查点签的是 {point.size} 条，现在只有 {there} 条："
            "换上了旧的数据库、恢复了旧的备份，或者后面的条目被删掉了。"
        )
    growing = Growing()
    leaves = Act.objects.filter(seq__lt=point.size).order_by("seq").values_list("leaf", flat=True)
    for leaf in leaves.iterator(chunk_size=20_000):
        list(growing.add(bytes.fromhex(leaf)))
    if growing.size == point.size and growing.root() == point.root:
        return ""
    return f"前 {point.size} 条与存在外面的检查点不符：日志分了叉，本院签过的过去被改写了。"
