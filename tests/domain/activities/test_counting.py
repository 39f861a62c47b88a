"""What was held, counted; what is still owed, by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.activities.counting import completion, counted, coverage, progress
from mingjing.domain.activities.rules import Quota, Session
from mingjing.domain.dates.periods import Every, read_period

JULY = read_period("2026-07")
DAY = date(2026, 7, 3)
KINDS = ("一课", "一片", "一实践")
MONTHLY = Quota("一月一课一片一实践", "各党支部", Every.MONTH, "党支部", covers="类别")
FIELD_DAYS = Quota("驻庭天数", "院领导", Every.YEAR, "院领导", total="天数", least=Decimal(44))
TALKS = Quota("廉政谈话", "院领导", Every.HALF, "谈话人", covers="谈话对象", among="分管部门干警")


ALL_KINDS: dict[int | str, Sequence[int | str]] = dict.fromkeys((1, 2, 3), KINDS)


def session(key: int, on: date = DAY, *, attended: tuple[int, ...] = (), **values: object) -> Session:
    return Session(key, on, on, attended, values=values)


def held(branch: int, *kinds: str) -> list[Session]:
    return [session(n, 党支部=branch, 类别=kind) for n, kind in enumerate(kinds)]


def test_two_lessons_and_a_film_lack_a_practice() -> None:
    (row,) = progress(MONTHLY, [1], held(1, "一课", "一课", "一片"), JULY, ALL_KINDS)
    assert row.lacks == ("一实践",) and not row.met and row.has == 2


def test_one_of_each_is_complete_and_another_branchs_does_not_help() -> None:
    rows = progress(MONTHLY, [1, 2], held(1, *KINDS), JULY, ALL_KINDS)
    assert [row.met for row in rows] == [True, False]
    assert rows[1].lacks == KINDS
    assert completion(rows) == Fraction(1, 2)


def test_what_was_held_in_august_does_not_count_for_july_unless_it_makes_up() -> None:
    august = date(2026, 8, 2)
    late = session(9, august, 党支部=1, 类别="一实践")
    made_up = Session(10, august, DAY, values={"党支部": 1, "类别": "一实践"})
    july = held(1, "一课", "一片")
    assert not progress(MONTHLY, [1], [*july, late], JULY, ALL_KINDS)[0].met
    assert progress(MONTHLY, [1], [*july, made_up], JULY, ALL_KINDS)[0].met


def test_forty_three_days_are_short_and_forty_four_are_enough() -> None:
    year = read_period("2026")
    days = [session(1, 院领导=7, 天数="20"), session(2, 院领导=7, 天数="23")]
    (row,) = progress(FIELD_DAYS, [7], days, year)
    assert (row.met, row.short) == (False, Decimal(1))
    (row,) = progress(FIELD_DAYS, [7], [*days, session(3, 院领导=7, 天数="1")], year)
    assert row.met


def test_seventeen_of_eighteen_talked_to_is_944_and_one_is_left() -> None:
    half = read_period("2026-H2")
    talks = [session(n, 谈话人=7, 谈话对象=n) for n in range(1, 18)]
    rows = progress(TALKS, [7], [*talks, talks[0]], half, {7: range(1, 19)})
    assert rows[0].lacks == (18,)
    assert coverage(rows) == Fraction(17, 18)


def test_a_condition_narrows_what_counts() -> None:
    quota = Quota(
        "党课", "各党支部", Every.QUARTER, "党支部", times=1, only=lambda given: given.get("类别") == "党课"
    )
    quarter = read_period("2026-Q3")
    assert not progress(quota, [1], [session(1, 党支部=1, 类别="支委会")], quarter)[0].met
    assert progress(quota, [1], [session(1, 党支部=1, 类别="党课")], quarter)[0].met


def test_sessions_persons_and_person_times_are_three_numbers() -> None:
    rows = [session(1, attended=(1, 2, 3)), session(2, attended=(2, 3, 4, 4))]
    count = counted(rows)
    assert (count.sessions, count.persons, count.person_times) == (2, 4, 6)


def test_where_only_the_number_is_known_nobody_is_counted_as_a_person() -> None:
    rows = [session(1, attended=(1,)), Session(2, DAY, DAY, heads=106)]
    count = counted(rows)
    assert (count.persons, count.person_times) == (None, 107)


def test_items_are_added_up_beside_the_three() -> None:
    rows = [session(1, 发放份数=1200), session(2, 发放份数=2500), session(3)]
    assert counted(rows, ("发放份数",)).sums == {"发放份数": Decimal(3700)}


def test_who_owes_nobody_owes_nothing() -> None:
    rows = progress(TALKS, [7], [], read_period("2026-H2"), {})
    assert rows[0].met and coverage(rows) is None
    assert completion([]) is None


SESSIONS = st.lists(
    st.builds(
        lambda key, day, branch, kind, who: Session(
            key, day, day, tuple(who), values={"党支部": branch, "类别": kind}
        ),
        st.integers(1, 10**6),
        st.dates(JULY.first - timedelta(days=5), JULY.last + timedelta(days=5)),
        st.integers(1, 3) | st.lists(st.integers(1, 3), max_size=3),
        st.sampled_from([*KINDS, "别的"]),
        st.lists(st.integers(1, 9), max_size=6),
    ),
    max_size=25,
)


@given(SESSIONS)
def test_gaps_agree_with_looking_at_every_branch_and_kind(rows: list[Session]) -> None:
    for row in progress(MONTHLY, [1, 2, 3], rows, JULY, ALL_KINDS):
        lacking = []
        for kind in KINDS:
            found = False
            for one in rows:
                branches = one.values["党支部"]
                its = row.key == branches or (isinstance(branches, list) and row.key in branches)
                if its and one.values["类别"] == kind and date(2026, 7, 1) <= one.on <= date(2026, 7, 31):
                    found = True
            if not found:
                lacking.append(kind)
        assert list(row.lacks) == lacking
        assert row.met is (not lacking)


@given(SESSIONS)
def test_counts_agree_with_a_list_of_attendances(rows: list[Session]) -> None:
    attendances = {(place, person) for place, one in enumerate(rows) for person in one.attended}
    count = counted(rows)
    assert count.person_times == len(attendances)
    assert count.persons == len({person for _, person in attendances})
    assert count.sessions == len(rows)


@given(SESSIONS)
def test_one_more_session_never_opens_a_gap(rows: list[Session]) -> None:
    before = progress(MONTHLY, [1, 2, 3], rows[:-1], JULY, ALL_KINDS)
    after = progress(MONTHLY, [1, 2, 3], rows, JULY, ALL_KINDS)
    assert all(set(new.lacks) <= set(old.lacks) for old, new in zip(before, after, strict=True))
