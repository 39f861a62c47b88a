"""A published draw done again on the spot, each step with its own outcome."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingjing.domain.assignment.drawing import FEWEST, commit, draw
from mingjing.domain.assignment.pools import Candidate, Excluded, Pool
from mingjing.domain.auditlog.entries import canonical_payload


@dataclass(frozen=True, slots=True)
class Check:
    """One step of the check: whether it holds, and in words."""

    holds: bool
    says: str


def check_file(text: str) -> tuple[Check, ...]:
    """What ``verifier/verify.py draw`` checks, step by step."""
    file: Mapping[str, Any] = json.loads(text)
    plain, given = file["pool"], file["seed"]
    digest = hashlib.sha256(canonical_payload(plain)).hexdigest()
    revealed = [one for one in given["contributions"] if one[2]]
    honest = all(commit(by, bytes.fromhex(value)) == promise for by, promise, value in revealed)
    seed = hashlib.sha256(canonical_payload(given)).digest()
    drawn = list(draw(_pool(plain), seed).people)
    silent = [by for by, _, value in given["contributions"] if not value]
    said = "、".join(by for by, _, _ in revealed)
    return (
        _whole(file),
        Check(
            digest in given["pools"],
            f"名单是抽取前锁定的那一份，锁定时记在日志第 {file['locked']['entry']} 条",
        ),
        Check(honest, f"{said}揭示的随机数与先前的承诺相符"),
        Check(
            len({by for by, _, _ in revealed}) >= FEWEST, f"{len(revealed)} 个部门出了随机数，谁也定不了结果"
        )
        if not silent
        else Check(
            len(revealed) >= FEWEST, f"{'、'.join(silent)}没有揭示，按规则用其余 {len(revealed)} 个部门的"
        ),
        Check(drawn == file["drawn"], f"用同样的名单和随机数重新抽取，得到 {'、'.join(drawn)}，与公布的一致"),
    )


def _whole(file: Mapping[str, Any]) -> Check:
    """Whether the file is as it was published: its digest also stands in the entry of the draw."""
    if file.get("format") != "mingjing-draw-2":
        return Check(True, "编号、法院、标记和时间没有摘要（早先公布的文件），以日志为准")
    found = hashlib.sha256(canonical_payload({**file, "digest": None})).hexdigest()
    return Check(found == file.get("digest"), f"文件的每一项都在摘要 {found} 里，日志的抽取一条记着这个摘要")


def _pool(plain: Mapping[str, Any]) -> Pool:
    return Pool(
        plain["case"],
        plain["rule"],
        plain["day"],
        tuple(Candidate(id, weight) for id, weight in plain["candidates"]),
        tuple(Excluded(id, reason) for id, reason in plain["excluded"]),
        plain["seats"],
        plain["turn"],
    )
