"""Keys of those who work on leads: made once, unlocked for minutes, handed back by two officers together."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.leads import sealing
from mingjing.services.leads.entries import sealed_act
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import KeyRecovery, PartKey, Salt, SealKey
from mingjing.storage.people.models import Person

HOLD_KEY = "持有密钥"


class NoKey(Refusal):
    """Somebody has no key yet."""

    code = "no-key"


class KeyThere(Refusal):
    """Somebody has a key already."""

    code = "key-there"


class EscrowGone(Refusal):
    """The escrow cannot be used: an officer is missing, or lost their own key."""

    code = "escrow-gone"


@dataclass(frozen=True, slots=True)
class Opened:
    """A key in use: its row and the private half, which is never written anywhere in the open."""

    row: SealKey
    private: bytes


def installation_salt() -> bytes:
    """The salt of receipts, made on first use."""
    found = Salt.objects.order_by("pk").first()
    if found is None:
        Salt.objects.get_or_create(pk=1, defaults={"value": secrets.token_bytes(16)})
        found = Salt.objects.get(pk=1)
    return bytes(found.value)


def key_in_use(person: Person | int) -> SealKey | None:
    """Somebody's key, or None."""
    return SealKey.objects.filter(person=person, retired_on__isnull=True).first()


def keys_in_use(people: Iterable[int]) -> dict[int, SealKey]:
    """Keys by person."""
    return {row.person_id: row for row in SealKey.objects.filter(person__in=people, retired_on__isnull=True)}


def holders() -> frozenset[int]:
    """Everybody who has a key."""
    return frozenset(SealKey.objects.filter(retired_on__isnull=True).values_list("person", flat=True))


def make_key(actor: Actor, passphrase: str, *, cost: tuple[int, int] = sealing.STRONG) -> SealKey:
    """A key pair for the actor, under a passphrase only they know.

    Raises
    ------
    KeyThere         they have one
    WeakPassphrase   it is too short
    """
    if key_in_use(actor.person) is not None:
        raise KeyThere("您已经有密钥。忘了口令请用两名托管人恢复；要换口令请先打开密钥。")
    locked = sealing.lock(sealing.new_private(), passphrase, cost)
    with sealed_act(actor, "生成密钥", needs=HOLD_KEY):
        return _row(actor.person, locked, actor.on)


def _row(person: Person, locked: sealing.Locked, on: date) -> SealKey:
    return SealKey.objects.create(
        person=person,
        public=locked.public,
        private=locked.private,
        salt=locked.salt,
        passes=locked.passes,
        memory=locked.memory,
        made_on=on,
    )


def locked_of(row: SealKey | KeyRecovery) -> sealing.Locked:
    """A stored pair as ``sealing`` takes it."""
    return sealing.Locked(bytes(row.public), bytes(row.private), bytes(row.salt), row.passes, row.memory)


def unlock_key(actor: Actor, passphrase: str) -> Opened:
    """The actor's key, for the session. Raises NoKey, WrongPassphrase."""
    row = key_in_use(actor.person)
    if row is None:
        raise NoKey("您还没有密钥。先生成密钥，线索才能封给您。")
    return Opened(row, sealing.unlock(locked_of(row), passphrase))


def change_passphrase(actor: Actor, opened: Opened, passphrase: str) -> None:
    """The same key under another passphrase. Raises WeakPassphrase."""
    _relock(opened.row, sealing.lock(opened.private, passphrase, _cost(opened.row)))
    with sealed_act(actor, "更换密钥口令", needs=HOLD_KEY):
        opened.row.save()


def replace_key(actor: Actor, opened: Opened, passphrase: str) -> Opened:
    """A new key pair in place of the old; everything sealed to the old is sealed to the new one as well."""
    private = sealing.new_private()
    locked = sealing.lock(private, passphrase, _cost(opened.row))
    with sealed_act(actor, "更换密钥", needs=HOLD_KEY):
        opened.row.retired_on = actor.on
        opened.row.save(update_fields=["retired_on"])
        row = _row(actor.person, locked, actor.on)
        boxes = PartKey.objects.filter(key=opened.row)
        PartKey.objects.bulk_create(
            PartKey(
                part_id=one.part_id,
                key=row,
                box=sealing.reseal(bytes(one.box), opened.private, locked.public),
            )
            for one in boxes
        )
    return Opened(row, private)


def deposit(actor: Actor, opened: Opened, first: Person, second: Person) -> None:
    """Leave the key in two halves with two officers; an earlier deposit is replaced.

    Raises
    ------
    EscrowGone   the officers are one person or the actor, or one of them has no key
    """
    if len({first.pk, second.pk, actor.person.pk}) < 3:
        raise EscrowGone("托管人要两个不同的人，也不能是您自己。")
    theirs = keys_in_use([first.pk, second.pk])
    for officer in (first, second):
        if officer.pk not in theirs:
            raise EscrowGone(f"{officer.name}还没有密钥，不能当托管人。请对方先生成密钥。")
    one, other = sealing.split(opened.private)
    row = opened.row
    row.first_officer, row.second_officer = first, second
    row.first_half = sealing.box_of(one, bytes(theirs[first.pk].public))
    row.second_half = sealing.box_of(other, bytes(theirs[second.pk].public))
    with sealed_act(actor, "托管密钥", needs=HOLD_KEY):
        row.save()


def ask_recovery(actor: Actor, passphrase: str, *, cost: tuple[int, int] = sealing.STRONG) -> KeyRecovery:
    """Ask the two officers for the key, under a new passphrase.

    Raises
    ------
    NoKey, EscrowGone, WeakPassphrase
    """
    row = key_in_use(actor.person)
    if row is None:
        raise NoKey("您还没有密钥。")
    if row.first_half is None:
        raise EscrowGone("您的密钥没有托管，谁也恢复不了。请重新生成，由专班其他成员把线索重新封给您。")
    locked = sealing.lock(sealing.new_private(), passphrase, cost)
    with sealed_act(actor, "申请恢复密钥", needs=HOLD_KEY):
        KeyRecovery.objects.filter(key=row, done_on__isnull=True).delete()
        return KeyRecovery.objects.create(
            key=row,
            public=locked.public,
            private=locked.private,
            salt=locked.salt,
            passes=locked.passes,
            memory=locked.memory,
            asked_on=actor.on,
        )


def waiting_recoveries(actor: Actor) -> list[KeyRecovery]:
    """Recoveries that wait for the actor's half."""
    rows = KeyRecovery.objects.filter(done_on__isnull=True).select_related("key__person")
    mine = rows.filter(key__first_officer=actor.person, first_half__isnull=True)
    return [*mine, *rows.filter(key__second_officer=actor.person, second_half__isnull=True)]


def give_half(actor: Actor, opened: Opened, recovery_id: int) -> None:
    """Hand the half the actor keeps to whoever asked for it.

    Raises
    ------
    NotVisible   nobody asked the actor
    EscrowGone   the half was sealed to a key the actor no longer has
    """
    found = next((one for one in waiting_recoveries(actor) if one.pk == recovery_id), None)
    if found is None:
        raise NotVisible
    is_first = found.key.first_officer_id == actor.person.pk
    half = found.key.first_half if is_first else found.key.second_half
    if half is None:
        raise NotVisible
    try:
        given = sealing.reseal(bytes(half), opened.private, bytes(found.public))
    except sealing.NotForYou:
        raise EscrowGone(
            "这一半是封给您从前的密钥的，现在打不开。请对方重新生成密钥，由专班其他成员重新封给对方。"
        ) from None
    if is_first:
        found.first_half = given
    else:
        found.second_half = given
    with sealed_act(actor, "交出托管的一半", needs=HOLD_KEY):
        found.save()


def recover(actor: Actor, passphrase: str) -> Opened:
    """The key again, from both halves and the passphrase given when it was asked for.

    Raises
    ------
    EscrowGone        nobody asked, or one of the two has not given their half
    WrongPassphrase   it is not the one given then
    """
    found = KeyRecovery.objects.filter(key__person=actor.person, done_on__isnull=True).first()
    if found is None or found.first_half is None or found.second_half is None:
        raise EscrowGone("两名托管人都交出各自的一半，才能恢复。只有一个人，恢复不了。")
    held = sealing.unlock(locked_of(found), passphrase)
    private = sealing.join(
        sealing.key_of(bytes(found.first_half), held), sealing.key_of(bytes(found.second_half), held)
    )
    row = found.key
    _relock(row, sealing.lock(private, passphrase, (found.passes, found.memory)))
    with sealed_act(actor, "恢复密钥", needs=HOLD_KEY):
        row.save()
        found.done_on = actor.on
        found.save(update_fields=["done_on"])
    return Opened(row, private)


def start_over(actor: Actor, passphrase: str, *, cost: tuple[int, int] = sealing.STRONG) -> SealKey:
    """A new key where the old one is lost for good: others who can open the leads seal them to it again."""
    with transaction.atomic():
        SealKey.objects.filter(person=actor.person, retired_on__isnull=True).update(retired_on=actor.on)
        return make_key(actor, passphrase, cost=cost)


def _relock(row: SealKey, locked: sealing.Locked) -> None:
    row.private, row.salt = locked.private, locked.salt
    row.passes, row.memory = locked.passes, locked.memory


def _cost(row: SealKey) -> tuple[int, int]:
    return row.passes, row.memory


def own_recovery(actor: Actor) -> KeyRecovery | None:
    """The actor's recovery that is under way."""
    return KeyRecovery.objects.filter(key__person=actor.person, done_on__isnull=True).first()


def possible_officers(actor: Actor) -> list[Person]:
    """Who may keep a half: whoever else of the court has a key."""
    rows = Person.objects.filter(court=actor.court, pk__in=holders()).exclude(pk=actor.person.pk)
    return list(rows.order_by("staff_number"))
