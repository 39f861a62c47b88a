"""Whatever people try in whatever order, quorum, order, votes and tasks hold; the fold is the snapshot."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mingjing.domain.ledgers.matters import Deed, Matter
from mingjing.domain.meetings.gates import entitled
from mingjing.domain.meetings.sitting import ADOPTED, DEFERRED, read_sitting, write_sitting
from mingjing.domain.meetings.stepping import step
from mingjing.domain.reasons import Refusal
from tests.domain.meetings.bodies import CALLED, CLERK, HEAD, Table, at, party_group, who

PEOPLE = st.sampled_from(CALLED)
TITLES = st.sampled_from(["用房", "用车", "任命"])


class AnyMeeting(RuleBasedStateMachine):
    """People act on a meeting of five without looking at the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting = party_group(first_item=None)
        self.table = Table(self.meeting)
        self.deeds: list[Deed] = []
        self.tasks = 0
        self.marks = 0

    def attempt(self, label: str, by: int, values: dict[str, object] | None = None, **target: object) -> None:
        deed = Deed(label, who(by), at("2024-03-05 14:30"), values or {}, target, "说明")
        before = self.table.matter
        try:
            stepped = step(self.meeting, before, deed)
        except Refusal as refusal:
            assert str(refusal)
            return
        self.deeds.append(deed)
        self.tasks += len(stepped.opens)
        self.marks += stepped.flags.count("主要负责人先行表态")
        if label == "作出决定":
            self.look_at_decision(before, stepped.state)
        self.table.matter = Matter(stepped.state, stepped.values, stepped.inner)

    def look_at_decision(self, before: Matter, state: str) -> None:
        sitting = read_sitting(before.inner)
        topic = sitting.topic(sitting.current)
        there = entitled(sitting, topic, CALLED)
        least = 4 if topic.kind == "干部任免" else 3
        assert len(there) >= least
        assert set(topic.votes) >= set(there)
        assert state == "会议中"

    @initialize()
    def plan(self) -> None:
        values: dict[str, object] = {
            "会议名称": "会",
            "会议时间": "2024-03-05T14:30",
            "主持人": HEAD,
            "应到人员": list(CALLED),
        }
        self.attempt("筹备", CLERK, values)
        for title, kind in (("用房", "一般事项"), ("用车", "一般事项"), ("任命", "干部任免")):
            self.attempt("增加议题", CLERK, 议题=title, 类别=kind)
        self.attempt("召集", CLERK)
        for person in CALLED[:3]:
            self.attempt("签到", person)
        self.attempt("宣布开会", HEAD)

    @rule(person=PEOPLE)
    def comes(self, person: int) -> None:
        self.attempt("签到", person)

    @rule(person=PEOPLE)
    def leaves(self, person: int) -> None:
        self.attempt("离席", person)

    @rule(title=TITLES)
    def enters(self, title: str) -> None:
        self.attempt("进入议题", CLERK, 议题=title)

    @rule(person=PEOPLE)
    def speaks(self, person: int) -> None:
        self.attempt("发言", person, 意见="意见")

    @rule(person=PEOPLE, vote=st.sampled_from(["同意", "同意", "同意", "反对", "弃权"]))
    def votes(self, person: int, vote: str) -> None:
        self.attempt("表决", person, 表决=vote)

    @rule(vote=st.sampled_from(["同意", "反对"]))
    def everybody_votes(self, vote: str) -> None:
        for person in (2, 3, 4, 5, HEAD):
            self.attempt("表决", person, 表决=vote)

    @rule(person=PEOPLE)
    def keeps_out(self, person: int) -> None:
        self.attempt("回避", person)

    @rule(outcome=st.sampled_from(["通过", "不通过"]))
    def decides(self, outcome: str) -> None:
        entered: dict[str, object] = {"决议内容": "照办。", "责任部门": 7, "办理期限": "2024-04-30"}
        self.attempt("作出决定", HEAD, entered, 结果=outcome)

    @rule()
    def puts_off(self) -> None:
        self.attempt("缓议", HEAD)

    @invariant()
    def every_adopted_resolution_is_one_task(self) -> None:
        adopted = [one for one in self.table.sitting.topics if one.state == ADOPTED]
        assert len(adopted) == self.tasks

    @invariant()
    def what_was_adopted_had_enough_votes(self) -> None:
        for topic in self.table.sitting.topics:
            count = topic.decision.count if topic.decision else None
            if topic.state == DEFERRED or count is None:
                continue
            assert count.cast <= count.present <= count.called == len(CALLED)
            assert (topic.state == ADOPTED) is (2 * count.yes > count.called)

    @invariant()
    def the_head_never_speaks_before_the_others_unmarked(self) -> None:
        early = sum(one.early for topic in self.table.sitting.topics for one in topic.opinions)
        assert early <= self.marks

    @invariant()
    def the_fold_of_the_acts_is_the_snapshot(self) -> None:
        matter = Matter()
        for deed in self.deeds:
            stepped = step(self.meeting, matter, deed)
            matter = Matter(stepped.state, stepped.values, stepped.inner)
        assert matter == self.table.matter
        assert write_sitting(read_sitting(matter.inner)) == matter.inner


AnyMeeting.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyMeeting = AnyMeeting.TestCase
