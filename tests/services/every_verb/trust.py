"""Imports, backups, and what is done to the log itself."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import CLOCK, CONSOLE
from mingjing.services.importing import batches, pushing
from mingjing.services.importing.uploading import upload
from mingjing.services.importing.working import work
from mingjing.services.keeping.backup import write_backup
from mingjing.services.proving import witness_office, witnesses
from mingjing.services.proving.asked_checks import ask_check
from mingjing.services.proving.bundles import bundle_of_case
from mingjing.services.proving.checkpoints import handed, replace_key, sign_checkpoint
from mingjing.services.proving.exporting import export
from mingjing.services.proving.own_key import own_key
from mingjing.services.supervision_notes import add_note
from mingjing.storage.auditlog.models import Witness
from mingjing.storage.batches.models import Batch
from tests.services.builders import acting, hire
from tests.services.every_verb.world import Verb, World, does
from tests.services.importing.files import checked, csv, row, sent
from tests.services.proving.test_checkpoints_and_witnesses import AT

DATA = csv([row(1), row(2)])
KEY = bytes(range(32))


def sender(w: World) -> None:
    """The fictional courts' codes stand in the folder of the demonstration."""
    for court in (w.house.court, w.house.higher):
        court.folder = "demo"
        court.save()


def looked_at(w: World) -> Batch:
    """A file checked row by row."""
    sender(w)
    return checked(acting(w.house.manager), DATA)


@does("importing.uploading.upload")
def send_a_file(w: World) -> Verb:
    sender(w)
    hand = acting(w.house.manager)
    return lambda: upload(hand, court=hand.court, filename="案件.csv", chunks=[DATA])


@does("importing.batches.choose_mapping")
def choose_columns(w: World) -> Verb:
    batch, hand = looked_at(w), acting(w.house.manager)
    return lambda: batches.choose_mapping(hand, batch, batch.mapping)


@does("importing.batches.fix_cells")
def mend_a_row(w: World) -> Verb:
    sender(w)
    batch = checked(acting(w.house.manager), csv([row(1), row(2, 立案日期="2024-13-01")]))
    bad = batch.refused_rows.get()
    hand = acting(w.house.manager)
    return lambda: batches.fix_cells(hand, batch, {bad.row: {bad.column: "2024-03-01"}})


@does("importing.batches.confirm")
def confirm_an_import(w: World) -> Verb:
    batch, hand = looked_at(w), acting(w.house.manager)
    return lambda: batches.confirm(hand, batch)


@does("importing.batches.cancel")
def give_an_import_up(w: World) -> Verb:
    sender(w)
    hand = acting(w.house.manager)
    batch = sent(hand, DATA)
    return lambda: batches.cancel(hand, batch)


@does("importing.working._write")
def write_an_import(w: World) -> Verb:
    batch = looked_at(w)
    batches.confirm(acting(w.house.manager), batch)
    return lambda: work(batch)


@does("importing.pushing._entered")
def push_some_cases(w: World) -> Verb:
    sender(w)
    hand = acting(hire(w.house.court, "办案系统", "接口账号", None))
    mapping = pushing.events_mapping(hand.court)
    return lambda: pushing._entered(hand, hand.court, "批1", "0" * 64, "推送", mapping)


@does("keeping.backup.write_backup")
def a_backup(w: World) -> Verb:
    return lambda: write_backup(w.folder / "a.mjb", KEY)


@does("proving.asked_checks.ask_check")
def ask_for_a_check(w: World) -> Verb:
    auditor = w.auditor
    return lambda: ask_check(auditor)


@does("proving.bundles._give")
def a_proof(w: World) -> Verb:
    case = w.case
    add_note(w.head, case_id=case.pk, text="请提交类案检索报告")
    sign_checkpoint(CLOCK)
    return lambda: bundle_of_case(w.judge, case.pk)


@does("proving.checkpoints.sign_checkpoint")
def sign_the_log(w: World) -> Verb:
    auditor = w.auditor
    ask_check(auditor)
    return lambda: sign_checkpoint(auditor)


@does("proving.checkpoints.replace_key")
def another_key_of_the_log(w: World) -> Verb:
    sign_checkpoint(CLOCK)
    return lambda: replace_key("密钥泄露")


@does("proving.exporting.export")
def the_log_as_files(w: World) -> Verb:
    sign_checkpoint(CLOCK)
    return lambda: export(w.folder / "log", contents=False)


def higher_auditor(w: World) -> Actor:
    """An audit administrator of the court whose log it is."""
    return acting(hire(w.house.higher, "严实", "审计管理员", None))


def admitted(w: World) -> Witness:
    """The procuratorate witnesses."""
    key = witness_office.begin(w.folder / "office", "yunxi/witness").vkey
    return witnesses.admit(CONSOLE, "检察院", key)


@does("proving.witnesses.admit")
def admit_a_witness(w: World) -> Verb:
    key = witness_office.begin(w.folder / "office", "yunxi/witness").vkey
    auditor = higher_auditor(w)
    return lambda: witnesses.admit(auditor, "检察院", key)


@does("proving.witnesses.end")
def end_a_witness(w: World) -> Verb:
    made, auditor = admitted(w), higher_auditor(w)
    return lambda: witnesses.end(auditor, made.pk, "单位撤并")


@does("proving.witnesses._keep")
def receive_a_countersignature(w: World) -> Verb:
    admitted(w)
    sign_checkpoint(CLOCK)
    some, auditor = w.folder / "handed.txt", w.auditor
    some.write_text(handed(0).text(), encoding="utf-8")
    signed = witness_office.witness(w.folder / "office", own_key().vkey, str(some), AT)
    return lambda: witnesses.receive(auditor, signed.note)
