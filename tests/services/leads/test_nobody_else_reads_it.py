"""What administrators hold — database, files, settings — contains no content and no key (G9)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from mingjing.domain.leads.routing import NoReceiver
from mingjing.services.leads import holding, keys, parts, sealing, talking, working
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.receiving import SealedFile
from mingjing.services.leads.sight import leads_seen, open_lead
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.acts import acts_seen
from mingjing.storage.leads.models import Lead, SealKey
from mingjing.storage.people.models import Oversight
from tests.services.builders import SINCE, acting, entries
from tests.services.leads.conftest import PASSPHRASE, QUICK, TEXT, Office, Reporting

SECRETS = (TEXT, "红包", "转账截图", "知情人住址", "会后面谈", "账本.txt", "第三页有签名", PASSPHRASE)


def everything_stored() -> bytes:
    """The whole database as bytes: every column of every table; and every file below the files folder."""
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                for value in row:
                    plain = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    found.append(plain)
    folder = Path(settings.MEDIA_ROOT)
    found += [path.read_bytes() + path.name.encode() for path in folder.rglob("*") if path.is_file()]
    said = {name: str(getattr(settings, name)) for name in dir(settings) if name.isupper()}
    return b"\n".join([*found, json.dumps(said, ensure_ascii=False).encode()])


def worked_on(office: Office, reported: Reporting) -> Lead:
    """A lead with a file, a message, an answer and entered work."""
    file = SealedFile("账本.txt", "text/plain", "第三页有签名".encode())
    received = reported(files=(file,), contact="知情人住址")
    talking.write_message(received.receipt.words, "会后面谈")
    talking.answer(acting(office.chief), received.lead.pk, "会后面谈可以")
    key = office.opened(office.chief)
    working.do(acting(office.chief), received.lead.pk, "移送", {"理由": "会后面谈"}, key)
    return received.lead


def test_a_dump_of_everything_holds_no_word_of_it(office: Office, reported: Reporting) -> None:
    worked_on(office, reported)
    stored = everything_stored()
    assert office.chief.name.encode() in stored, "the dump really holds the tables"
    for secret in SECRETS:
        assert secret.encode() not in stored
        assert json.dumps(secret).strip('"').encode() not in stored


def test_a_dump_holds_no_private_key_and_no_receipt(office: Office, reported: Reporting) -> None:
    received = reported()
    stored = everything_stored()
    session: dict[str, object] = {}
    held = [office.opened(person).private for person in (office.chief, office.inspector)]
    cookie = holding.hold(session, office.opened(office.chief))
    stored += json.dumps(session).encode()
    for private in [*held, received.receipt.private, bytes.fromhex(cookie)]:
        assert private not in stored and private.hex().encode() not in stored
    assert received.receipt.words.replace(" ", "").encode() not in stored
    assert received.receipt.words.encode() not in stored


def test_no_key_made_of_what_is_stored_opens_it(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    part = lead.parts.get(kind=parts.REPORT)
    box = bytes(part.keys.get(key__person=office.chief).box)
    stored = [bytes(row.private) for row in SealKey.objects.all()]
    stored += [bytes(row.public) for row in SealKey.objects.all()]
    tried = [secret[:32].ljust(32, b"\0") for secret in (*stored, settings.SECRET_KEY.encode())]
    for guess in tried:
        with pytest.raises(sealing.NotForYou):
            sealing.key_of(box, guess)
        with pytest.raises(CryptoError):
            SecretBox(guess).decrypt(bytes(part.content))


def test_the_log_page_of_nobody_shows_that_it_exists(office: Office, reported: Reporting) -> None:
    lead = worked_on(office, reported)
    sealed = [entry for entry in entries() if entry.verb == "密件"]
    assert sealed, "the log holds the entries"
    for person in (office.house.guardian, office.house.keeper, office.inspector, office.house.higher_manager):
        assert not acts_seen(acting(person)).filter(verb="密件").exists()
    said = "".join(f"{one.actor_name}{one.subject_id}{one.payload}{one.why}{one.court}" for one in sealed)
    for word in (lead.number, lead.mark, office.chief.name, office.house.judge.name, "移送"):
        assert word not in said


def test_whoever_comes_to_stand_above_the_reported_is_taken_off(office: Office, reported: Reporting) -> None:
    lead, house = reported().lead, office.house
    key = office.opened(office.chief)
    open_lead(acting(office.chief), lead.pk, key)
    Oversight.objects.create(leader=office.chief, department=house.first_civil, since=SINCE)
    with pytest.raises(NotVisible):
        open_lead(acting(office.chief), lead.pk, key)
    assert not leads_seen(acting(office.chief)).exists()


def test_a_lead_about_the_president_goes_above_the_court(office: Office, reported: Reporting) -> None:
    lead = reported(reported=(office.house.president.name,), unit="").lead
    assert (lead.court, lead.raised) == (office.house.higher, 1)
    for person in (office.chief, office.inspector, office.officer, office.clerk):
        assert not leads_seen(acting(person)).filter(pk=lead.pk).exists()


def test_namesakes_are_all_kept_away(office: Office, reported: Reporting) -> None:
    office.clerk.name = office.house.judge.name
    office.clerk.save()
    lead = reported(unit="").lead
    assert lead.court == office.house.higher, "the inspector may be meant, and his chief stands above him"


def test_where_nobody_has_a_key_the_report_is_refused_and_nothing_kept(
    office: Office, reported: Reporting
) -> None:
    SealKey.objects.update(retired_on=SINCE)
    with pytest.raises(NoReceiver):
        reported()
    assert not Lead.objects.exists()


def test_a_key_is_held_for_a_quarter_of_an_hour_and_by_its_owner(office: Office, moment: object) -> None:
    session: dict[str, object] = {}
    chief, other = acting(office.chief), acting(office.inspector)
    cookie = holding.hold(session, office.opened(office.chief))
    found = holding.take(session, cookie, chief)
    assert isinstance(found, Opened)
    assert holding.take(session, cookie, other) is None
    assert holding.take(session, "00" * 32, chief) is None
    assert holding.take(session, "不是钥匙", chief) is None
    assert callable(moment)
    moment("2024-04-01T09:15:01")
    assert holding.take(session, cookie, chief) is None


def test_one_officer_alone_gives_nothing_back(office: Office, reported: Reporting) -> None:
    lead, chief = reported().lead, acting(office.chief)
    keys.deposit(chief, office.opened(office.chief), office.officer, office.clerk)
    asked = keys.ask_recovery(chief, "新的口令是另外一句话才行吧", cost=QUICK)
    keys.give_half(acting(office.officer), office.opened(office.officer), asked.pk)
    with pytest.raises(keys.EscrowGone, match="只有一个人"):
        keys.recover(chief, "新的口令是另外一句话才行吧")
    keys.give_half(acting(office.clerk), office.opened(office.clerk), asked.pk)
    opened = keys.recover(chief, "新的口令是另外一句话才行吧")
    _, pieces = open_lead(chief, lead.pk, opened)
    assert pieces[0].says["内容"] == TEXT
    with pytest.raises(sealing.WrongPassphrase):
        keys.unlock_key(chief, PASSPHRASE)


def test_an_officer_who_lost_the_own_key_cannot_give_a_half(office: Office) -> None:
    chief = acting(office.chief)
    keys.deposit(chief, office.opened(office.chief), office.officer, office.clerk)
    keys.start_over(acting(office.officer), PASSPHRASE, cost=QUICK)
    asked = keys.ask_recovery(chief, "新的口令是另外一句话才行吧", cost=QUICK)
    with pytest.raises(keys.EscrowGone, match="从前的密钥"):
        keys.give_half(acting(office.officer), office.opened(office.officer), asked.pk)


def test_a_member_whose_key_is_lost_is_sealed_to_again(office: Office, reported: Reporting) -> None:
    lead, approver = reported().lead, acting(office.inspector)
    keys.start_over(approver, PASSPHRASE, cost=QUICK)
    _, pieces = open_lead(approver, lead.pk, office.opened(office.inspector))
    assert pieces == []
    key = office.opened(office.chief)
    assert working.hand_again(acting(office.chief), lead.pk, office.inspector.pk, key) == 1
    _, pieces = open_lead(approver, lead.pk, office.opened(office.inspector))
    assert pieces[0].says["内容"] == TEXT


def test_a_new_key_opens_what_the_old_one_did(office: Office, reported: Reporting) -> None:
    lead, chief = reported().lead, acting(office.chief)
    fresh = keys.replace_key(chief, office.opened(office.chief), "换了一句新的口令放在这里了")
    _, pieces = open_lead(chief, lead.pk, fresh)
    assert pieces[0].says["内容"] == TEXT


def test_a_flipped_bit_is_found(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    part = lead.parts.get(kind=parts.REPORT)
    changed = bytearray(part.content)
    changed[len(changed) // 2] ^= 1
    part.content = bytes(changed)
    part.save()
    with pytest.raises(sealing.NotForYou, match="被改动过"):
        open_lead(acting(office.chief), lead.pk, office.opened(office.chief))


def test_a_sealed_file_comes_back_as_it_was(office: Office, reported: Reporting) -> None:
    lead = worked_on(office, reported)
    opened = office.opened(office.chief)
    name, media_type, content = parts.open_file(lead, opened, 1)
    assert (name, media_type, content.decode()) == ("账本.txt", "text/plain", "第三页有签名")
    with pytest.raises(NotVisible):
        parts.open_file(lead, office.opened(office.clerk), 1)


def test_only_a_member_with_a_new_key_is_shown_as_not_opening_everything(
    office: Office, reported: Reporting
) -> None:
    lead = reported().lead
    assert parts.without(lead) == frozenset()
    keys.start_over(acting(office.inspector), PASSPHRASE, cost=QUICK)
    assert parts.without(lead) == {office.inspector.pk}
    working.hand_again(acting(office.chief), lead.pk, office.inspector.pk, office.opened(office.chief))
    assert parts.without(lead) == frozenset()


def test_no_number_and_no_address_tells_that_another_lead_lies_between(
    office: Office, reported: Reporting
) -> None:
    leads = [reported().lead for _ in range(6)]
    keys, serials = [one.pk for one in leads], [int(one.number.rpartition("-")[2]) for one in leads]
    for drawn in (keys, serials):
        assert len(set(drawn)) == len(leads)
        assert max(drawn) - min(drawn) > 10 * len(leads)
