"""Whom an act on an approval is aimed at: people of the court in post, by name as the chain keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingjing.domain.approvals.approval import SEVERAL, WHOM
from mingjing.domain.reasons import Refusal
from mingjing.services.records.words import keys_of
from mingjing.storage.people.models import Court, Posting


class NobodyThere(Refusal):
    """Somebody is named who has no post at the court on the day."""

    code = "nobody-there"


def with_people(court: Court, target: Mapping[str, object], on: date) -> dict[str, object]:
    """The target with ``people`` as [key, name] for the keys it names under 交给 or 哪些人.

    Raises
    ------
    NobodyThere   one of them has no post at the court on ``on``
    """
    keys = keys_of(target.get(WHOM)) | keys_of(target.get(SEVERAL))
    if not keys:
        return {key: held for key, held in target.items() if key != "people"}
    rows = Posting.objects.on(on).filter(person__court=court, person__in=keys).order_by("person_id")
    found = dict(rows.values_list("person_id", "person__name"))
    if keys - found.keys():
        raise NobodyThere("选的人里有人今天不在本院任职。请从名单里重新选。")
    return {**target, "people": [[key, found[key]] for key in sorted(keys)]}
