"""The public window: a party files, is told once what is missing, comes back with the receipt, rates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from mingjing.services.papers.proofreading import put_paper
from mingjing.services.records.acting import do
from mingjing.services.records.filetypes import FileRefused
from mingjing.services.window.codes import digest_of, new_code
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Evidence, Record, RecordLink
from mingjing.storage.window.models import Receipt
from tests.intake.test_reports import ticket_on
from tests.services.builders import House, acting, file_case, hire
from tests.services.papers.builders import a_case, judgment

FILING, SERVICE, QUERY = "ledger.filing_application", "ledger.litigation_service", "ledger.party_query"
PHONE = "13800000000"
FILED = {
    "q.applicant": "申某", "q.role": "当事人本人", "q.phone": PHONE, "q.cause": "民间借贷",
    "q.opposite": "何某", "q.claim": "还款五万元",
}  # fmt: skip
ASKED = {"q.kind": "立案咨询", "q.applicant": "申某", "q.phone": PHONE, "q.request": "怎么立案"}


def paper(name: str = "起诉状.txt", content: bytes = b"please pay") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


class Party:
    """Somebody at the window with a phone, the clock in hand, and what the receipt said."""

    def __init__(self, moment: object, code: str = "云9821") -> None:
        self.client, self.moment = Client(enforce_csrf_checks=True), moment
        self.base, self.minute = f"/window/{code}/", 0
        self.number = self.code = ""

    def send(self, path: str, said: dict[str, object], wait: int = 1) -> tuple[int, str]:
        """Fetch the form, fill it in for a while, send it."""
        ticket = ticket_on(self.client.get(self.base + path).content.decode())
        assert callable(self.moment)
        self.minute += wait
        self.moment(f"2024-04-01T09:{self.minute:02}:00")
        answer = self.client.post(self.base + path, {"ticket": ticket, **said})
        return answer.status_code, answer.content.decode()

    def hand_in(self, service: str, said: dict[str, object]) -> str:
        status, page = self.send(f"apply/{service}/", said)
        assert status == 200, page
        found = re.findall(r"<dd[^>]*>([^<]+)</dd>", page)
        self.number, self.code = found[0], found[1]
        return page

    def progress(self, **said: object) -> tuple[int, str]:
        return self.send("progress/", {"number": self.number, "code": self.code, **said})

    @property
    def record(self) -> Record:
        return Record.objects.get(number=self.number)


@pytest.fixture
def party(house: House, moment: object) -> Party:
    return Party(moment)


@pytest.fixture
def filer(house: House) -> Person:
    return hire(house.court, "叶青", "立案登记员", house.office)


@pytest.fixture
def clerk(house: House) -> Person:
    return hire(house.court, "林服务", "诉讼服务人员", house.office)


def answered(house: House, party: Party, clerk: Person) -> Record:
    """A request that was answered."""
    party.hand_in(SERVICE, dict(ASKED))
    record = party.record
    do(acting(clerk), record.pk, "受理", {"受理日期": "2024-04-01", "承办部门": house.office.pk})
    return do(acting(clerk), record.pk, "答复", {"答复内容": "照清单带"})


def test_filing_told_once_mended_filed_and_rated(house: House, party: Party, filer: Person) -> None:
    page = party.hand_in(FILING, {**FILED, "q.files": paper()})
    assert "查询码只显示这一次" in page and not party.client.cookies
    told = {"一次性告知内容": "缺转账记录", "补正期限": "2024-04-15"}
    do(acting(filer), party.record.pk, "一次性告知", told)
    status, page = party.progress()
    assert status == 200 and "缺转账记录" in page and "2024-04-15" in page and ">补正<" in page
    status, page = party.progress(**{"act": "补正", "q.more": paper("转账.txt", b"transfer")})
    assert status == 200 and "补正待审" in page
    case = file_case(house)
    filed = {"案件": case.pk, "立案日期": "2024-04-01", "承办部门": house.office.pk}
    assert do(acting(filer), party.record.pk, "立案", filed).state == "补正后办好"
    assert case.number in party.progress()[1]
    status, page = party.progress(**{"act": "评价", "q.grade": "满意"})
    assert status == 200 and party.record.state == "补正后办好已评价"


def test_a_second_notice_of_gaps_is_not_possible(house: House, party: Party, filer: Person) -> None:
    party.hand_in(FILING, {**FILED, "q.files": paper()})
    told = {"一次性告知内容": "缺转账记录", "补正期限": "2024-04-15"}
    do(acting(filer), party.record.pk, "一次性告知", told)
    party.progress(**{"act": "补正", "q.more": paper("转账.txt", b"transfer")})
    with pytest.raises(Exception, match="“补正待审”不能“一次性告知”"):
        do(acting(filer), party.record.pk, "一次性告知", told)


def test_the_lowest_rating_opens_a_handled_item_in_the_same_act(
    house: House, party: Party, clerk: Person
) -> None:
    answered(house, party, clerk)
    before = Act.objects.count()
    party.progress(**{"act": "评价", "q.grade": "非常不满意", "q.why": "跑了两趟"})
    assert Act.objects.count() == before + 1, "one act, one entry, whatever it opens"
    bad = Record.objects.get(register="ledger.bad_rating")
    assert bad.state == "待分派" and bad.data["why"] == "跑了两趟"
    rating = Record.objects.get(register="ledger.service_rating")
    assert RecordLink.objects.filter(source=rating, target=bad).exists()
    entry = Act.objects.latest("seq")
    assert (entry.actor, entry.actor_name, entry.whence) == ("public", "公众", "")


def test_a_good_rating_opens_none(house: House, party: Party, clerk: Person) -> None:
    answered(house, party, clerk)
    party.progress(**{"act": "评价", "q.grade": "满意"})
    assert Record.objects.filter(register="ledger.service_rating").count() == 1
    assert not Record.objects.filter(register="ledger.bad_rating").exists()


def test_a_matter_is_rated_once(house: House, party: Party, clerk: Person) -> None:
    answered(house, party, clerk)
    party.progress(**{"act": "评价", "q.grade": "满意"})
    status, page = party.progress(**{"act": "评价", "q.grade": "非常不满意"})
    assert status == 422 and "不能“评价”" in page
    assert Record.objects.filter(register="ledger.service_rating").count() == 1


def test_what_nobody_may_do_outside_is_not_done(house: House, party: Party) -> None:
    party.hand_in(SERVICE, dict(ASKED))
    for act in ("受理", "答复", "登记", "没有这一步"):
        assert party.progress(act=act)[0] == 422
    assert party.record.state == "待受理"


def test_neither_a_wrong_code_nor_a_wrong_number_is_told_apart(party: Party) -> None:
    party.hand_in(SERVICE, dict(ASKED))
    good = party.number, party.code
    said = []
    for number, code in ((good[0], new_code()), ("服务-2024-99999", good[1]), ("无", ""), ("\x00", "\x00")):
        party.number, party.code = number, code
        status, page = party.progress()
        assert status == 422
        said.append(re.findall(r'role="alert"><p>([^<]+)<', page)[0])
    assert len(set(said)) == 1


def test_the_code_is_read_however_it_was_typed_and_kept_as_a_hash(party: Party) -> None:
    party.hand_in(SERVICE, dict(ASKED))
    assert Receipt.objects.get().digest == digest_of(party.code)
    party.code = " ".join(party.code.lower().split("-"))
    assert party.progress()[0] == 200
    assert not Act.objects.filter(payload__contains=PHONE).exists()


def test_too_early_is_refused_and_the_words_stay(party: Party) -> None:
    status, page = party.send(f"apply/{SERVICE}/", dict(ASKED), wait=0)
    assert status == 422 and "还差" in page and "怎么立案" in page
    assert not Record.objects.exists()


def test_a_form_sent_twice_makes_one_record(party: Party) -> None:
    path = f"{party.base}apply/{SERVICE}/"
    ticket = ticket_on(party.client.get(path).content.decode())
    assert callable(party.moment)
    party.moment("2024-04-01T09:10:00")
    answers = [party.client.post(path, {**ASKED, "ticket": ticket}).status_code for _ in range(2)]
    assert answers == [200, 422] and Record.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"q.kind": "偷看"}, "里没有"),
        ({"q.request": ""}, "还要填写"),
        ({"q.applicant": "申" * 401}, "应填文本"),
        ({"q.kind": ["立案咨询", "案件查询"]}, "只能填一个"),
    ],
)
def test_what_a_form_cannot_hold_is_refused(party: Party, changed: dict[str, object], words: str) -> None:
    status, page = party.send(f"apply/{SERVICE}/", {**ASKED, **changed})
    assert status == 422 and words in page and not Record.objects.exists()


def test_a_lying_file_is_refused_and_leaves_nothing(party: Party) -> None:
    lie = SimpleUploadedFile("起诉状.pdf", b"MZ" + bytes(200), "application/pdf")
    status, page = party.send(f"apply/{FILING}/", {**FILED, "q.files": [paper(), lie]})
    assert status == 422 and "起诉状.pdf" in page
    assert not Record.objects.exists() and not Evidence.objects.exists()


def test_a_refused_form_takes_no_file_of_the_court_with_it(
    house: House, party: Party, settings: Settings
) -> None:
    case = a_case(house)
    kept = put_paper(acting(house.judge), case_id=case.pk, kind="判决书", upload=judgment()).evidence
    lie = SimpleUploadedFile("起诉状.pdf", b"MZ" + bytes(200), "application/pdf")
    status, _ = party.send(f"apply/{FILING}/", {**FILED, "q.files": [judgment(), lie]})
    assert status == 422
    place = Path(settings.MEDIA_ROOT) / kept.stored
    assert place.read_bytes() == judgment().read()
    status, _ = party.send(f"apply/{FILING}/", {**FILED, "q.files": judgment()})
    assert status == 200 and Evidence.objects.get() == kept and place.read_bytes() == judgment().read()


def test_a_form_refused_at_its_last_step_leaves_no_file(
    party: Party, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FileRefused("到最后一步才拒绝。")

    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("mingjing.services.window.entering.make", refuse)
    status, page = party.send(f"apply/{FILING}/", {**FILED, "q.files": paper("另一份.txt", b"another")})
    assert status == 422 and "到最后一步才拒绝" in page
    assert not Evidence.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_more_files_than_the_court_takes_are_refused(party: Party) -> None:
    several = [paper(f"{place}.txt", str(place).encode()) for place in range(11)]
    status, page = party.send(f"apply/{FILING}/", {**FILED, "q.files": several})
    assert status == 422 and "最多 10 个文件" in page and not Evidence.objects.exists()


def test_script_in_a_request_is_shown_as_text(house: House, party: Party, clerk: Person) -> None:
    party.hand_in("ledger.enquiry", {"q.question": "<script>alert(1)</script>\x00问"})
    page = party.progress()[1]
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_court_or_a_service_that_is_not_there(party: Party) -> None:
    for path in ("/window/云0000/", "/window/云9821/apply/ledger.rectification/", "/window/云9821/apply/x/"):
        assert party.client.get(path).status_code == 404


def granted(house: House, party: Party, filer: Person) -> Case:
    """A party whose identity the court checked."""
    case = file_case(house)
    case.parties.create(role="原告", name="申某")
    party.hand_in(QUERY, {"q.number": case.number, "q.name": "申某", "q.phone": PHONE, "q.proof": paper()})
    passed = {"案件": case.pk, "核对方式": "照材料核对", "有效期至": "2024-12-31"}
    do(acting(filer), party.record.pk, "核对通过", passed)
    return case


def asked_about(party: Party, number: str, name: str, code: str) -> tuple[int, str]:
    return party.send("case/", {"number": number, "name": name, "code": code})


def test_a_party_reads_the_own_case_and_the_look_is_logged(house: House, party: Party, filer: Person) -> None:
    case = granted(house, party, filer)
    number = str(case)
    status, page = asked_about(
        party, number.replace("（", "(").replace("）", ")"), " 申 某 ", party.code.lower()
    )
    assert status == 200 and "已经立案" in page and "民事审判第一庭" in page
    look = Act.objects.filter(verb="当事人查询案件").get()
    assert look.actor_name == "公众" and "申某" not in look.payload and party.number in look.payload


def test_nothing_tells_whether_a_case_is_there(house: House, party: Party, filer: Person) -> None:
    case = granted(house, party, filer)
    number, code = str(case), party.code
    other = file_case(house, serial=9)
    tries = (
        ("（2024）云9821民初999号", "申某", code), (number, "何某", code), (number, "申某", new_code()),
        (str(other), "申某", code), (number, "", ""), ("", "", ""),
    )  # fmt: skip
    said = set()
    for number_, name, typed in tries:
        status, page = asked_about(party, number_, name, typed)
        assert status == 422
        said |= set(re.findall(r'role="alert"><p>([^<]+)<', page))
    assert len(said) == 1 and not Act.objects.filter(verb="当事人查询案件").exists()


def test_before_the_check_and_after_its_end_nothing_is_shown(
    house: House, party: Party, filer: Person, moment: object
) -> None:
    case = granted(house, party, filer)
    record = party.record
    Record.objects.filter(pk=record.pk).update(data={**record.data, "until": "2024-03-31"})
    assert asked_about(party, str(case), "申某", party.code)[0] == 422
    Record.objects.filter(pk=record.pk).update(data=record.data)
    assert asked_about(party, str(case), "申某", party.code)[0] == 200
    do(acting(filer), record.pk, "停用", {})
    assert asked_about(party, str(case), "申某", party.code)[0] == 422


def test_papers_of_the_case_with_their_days_for_a_phone(house: House, party: Party, filer: Person) -> None:
    from mingjing.services.records.evidence import keep
    from mingjing.services.records.opening import open_record

    case = granted(house, party, filer)
    summons = {
        "案件": case.pk, "种类": "传票", "名称": "第一次开庭传票", "登记人员": filer.pk,
        "开庭时间": "2024-05-06T09:30", "地点": "第三法庭",
    }  # fmt: skip
    files = [("文书", keep(paper("传票.txt", b"come")), "传票.txt")]
    record = open_record(acting(filer), "ledger.party_paper", "登记", summons, files=files)
    assert "第一次开庭传票" not in asked_about(party, str(case), "申某", party.code)[1]
    do(acting(filer), record.pk, "送达", {"送达日期": "2024-04-01"})
    page = asked_about(party, str(case), "申某", party.code)[1]
    assert "第一次开庭传票" in page and "2024-05-06 09:30" in page
    wanted = re.findall(r'name="file" value="(\d+)"', page)[0]
    known = {"number": str(case), "name": "申某", "code": party.code}
    answer = party.client.post(party.base + "case/", {**known, "file": wanted})
    assert answer.getvalue() == b"come"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert party.client.post(party.base + "case/", {**known, "file": str(int(wanted) + 1)}).status_code == 422
    kept = party.send("case/", {**known, "give": "calendar"})[1]
    assert "DTSTART;VALUE=DATE:20240506" in kept and "TRIGGER:-P1D" in kept
