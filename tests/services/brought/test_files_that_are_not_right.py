"""Files as strangers bring them: what is wrong is told with its row, nothing is guessed or dropped."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from mingjing.cli.main import main

HEAD = "法院,承办人,案件类型,立案日期,结案日期,审限届满日,有无审限\n"
GOOD = "甲,张三,民事一审,2024-01-05,2024-03-01,2024-03-01,有\n"
LATE = "甲,李四,民事一审,2024-01-05,2024-03-02,2024-03-01,有\n"
Count = Callable[..., tuple[int, list[dict[str, str]], str]]


@pytest.fixture
def count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Count:
    """Count 审限内结案率 of 2024 over a text or a file: exit code, rows, what was said."""

    def run(
        data: str | bytes | Path, *also: str, id_: str = "within_limit"
    ) -> tuple[int, list[dict[str, str]], str]:
        path = data if isinstance(data, Path) else tmp_path / "案件.csv"
        if isinstance(data, str):
            path.write_text(data, encoding="utf-8")
        elif isinstance(data, bytes):
            path.write_bytes(data)
        out = tmp_path / "结果.csv"
        when = () if {"--period", "--from"} & {*also} else ("--period", "2024")
        code = main(["indicator", "count", id_, "--data", str(path), *when, "--out", str(out), *also])
        said = capsys.readouterr().err
        if code or not out.exists():
            return code, [], said
        with out.open(encoding="utf-8-sig", newline="") as file:
            return code, list(csv.DictReader(file)), said

    return run


def parquet(path: Path, columns: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")
    return path


def test_a_day_that_does_not_exist_is_told_with_its_row(count: Count) -> None:
    code, _, said = count(HEAD + GOOD + LATE.replace("2024-03-02", "2024-02-30") * 2)
    assert code == 1
    assert "“案件.csv”有 2 个格子读不成" in said
    assert "第 3 行“结案日期”：“2024-02-30”" in said
    assert "没有 30 日" in said
    assert "另有 1 行同样" in said


def test_whoever_wants_it_so_has_them_counted_as_not_entered(count: Count) -> None:
    code, rows, said = count(HEAD + GOOD + LATE.replace("2024-03-01", "后天"), "--lenient")
    assert code == 0
    assert (rows[0]["数值"], rows[0]["缺数据"]) == ("100.00", "1")
    assert "第 3 行起 1 行“审限届满日”按没有登记算" in said


def test_day_and_month_that_could_be_exchanged_are_not_guessed(count: Count) -> None:
    code, _, said = count(HEAD + GOOD.replace("2024-03-01,2024", "03/04/2024,2024"))
    assert code == 1
    assert "03/04/2024" in said


def test_missing_columns_are_told_all_at_once_with_what_the_file_has(count: Count) -> None:
    code, _, said = count("法院,审结日期\n甲,2024-03-01\n")
    assert code == 1
    for part in (
        "“结案日期”（日期）",
        "--column 结案日期=审结日期",
        "“审限届满日”",
        "“案件类型”，按字典去查",
    ):
        assert part in said


def test_a_column_of_another_name_and_one_that_is_not_there(count: Count) -> None:
    text = "法院,办完,有无审限\n甲,2024-03-01,有\n"
    code, rows, said = count(text, "--column", "结案日期=办完", "--empty", "审限届满日")
    assert code == 0
    assert (rows[0]["数值"], rows[0]["缺数据"]) == ("", "1")
    assert "“审限届满日”一列按没有登记算" in said


def test_words_the_dictionary_does_not_know_are_told(count: Count) -> None:
    text = "案件类型,结案日期,审限届满日\n民事一审,2024-03-01,2024-03-01\n外星案件,2024-03-01,2024-03-01\n"
    _, rows, said = count(text)
    assert "“外星案件”1 行" in said
    assert rows[0]["缺数据"] == "1", "查不到有无审限，不当成没有审限"


OUTCOMES = ("改判{up}", "维持原判{kept}", "二审调解{no}", "准许撤回上诉{no}")
SECOND = "案件类型,结案日期,结案方式{more}\n" + "".join(f"民事二审,2024-03-01,{one}\n" for one in OUTCOMES)


@pytest.mark.parametrize("engine", ("duckdb", "python"))
@pytest.mark.parametrize("own_column", (True, False), ids=("own column", "from the dictionary"))
def test_an_appeal_that_was_settled_counts_as_neither_reversed_nor_missing(
    own_column: bool, engine: str, count: Count
) -> None:
    """It is one of the appeals decided, which the rate is of."""
    told = {"more": ",改发", "up": ",改判", "kept": ",维持", "no": ",—"}
    table = SECOND.format(**(told if own_column else dict.fromkeys(told, "")))
    _, [row], _ = count(table, "--engine", engine, id_="reversal_rate")
    assert (row["数值"], row["计数"], row["缺数据"]) == ("25.00", "审结=4；改判发回=1", "0")


def test_a_word_no_row_has_is_no_error_in_any_engine(count: Count) -> None:
    text = HEAD + GOOD.replace(",有\n", ",无\n")
    for engine in ("duckdb", "python"):
        assert count(text, "--engine", engine)[1][0]["计数"] == "结案=0；审限内结案=0"


@pytest.mark.parametrize("text", ("", "\ufeff", "\n\n"))
def test_an_empty_file_is_refused(text: str, count: Count) -> None:
    code, _, said = count(text)
    assert code == 1
    assert "空" in said


def test_a_table_without_rows_has_no_data(count: Count, tmp_path: Path) -> None:
    columns = "CAST(NULL AS DATE) AS 结案日期, CAST(NULL AS DATE) AS 审限届满日, '有' AS 有无审限 WHERE FALSE"
    code, rows, _ = count(parquet(tmp_path / "空.parquet", columns))
    assert (code, rows[0]["数值"], rows[0]["缺数据"]) == (0, "", "0")


def test_chinese_encodings_are_recognised(count: Count) -> None:
    text = HEAD + GOOD + LATE
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        assert count(text.encode(encoding))[1][0]["数值"] == "50.00", encoding


def test_bytes_in_no_encoding_are_refused(count: Count) -> None:
    code, _, said = count((HEAD + GOOD).encode() + b"\xff\xfe\x00\x81,")
    assert code == 1
    assert "编码" in said or "不是文本" in said


def test_a_damaged_parquet_file_is_refused(count: Count, tmp_path: Path) -> None:
    path = tmp_path / "坏.parquet"
    path.write_bytes(b"PAR1" + b"\x00" * 60)
    code, _, said = count(path)
    assert code == 1
    assert "不是完整的 Parquet 文件" in said


def test_no_such_file_and_a_folder_with_nothing_in_it(count: Count, tmp_path: Path) -> None:
    assert "没有文件" in count(tmp_path / "没有.csv")[2]
    (tmp_path / "空的").mkdir()
    assert "没有 .parquet 文件" in count(tmp_path / "空的")[2]


def test_a_moment_is_a_day_in_beijing(count: Count, tmp_path: Path) -> None:
    columns = (
        "TIMESTAMP WITH TIME ZONE '2024-03-01 20:00:00+00' AS 结案日期, "
        "TIMESTAMP '2024-03-01 23:59:59' AS 审限届满日, '有' AS 有无审限"
    )
    _, rows, _ = count(parquet(tmp_path / "时刻.parquet", columns))
    assert rows[0]["计数"] == "结案=1；审限内结案=0", "北京已是三月二日"


def test_years_that_stand_for_for_ever_are_told(count: Count, tmp_path: Path) -> None:
    columns = "DATE '9999-12-31' AS 结案日期, DATE '2024-03-01' AS 审限届满日, '有' AS 有无审限"
    code, _, said = count(parquet(tmp_path / "永远.parquet", columns))
    assert code == 1
    assert "第 1 行“结案日期”：“9999-12-31”的年份应在 1900 至 2199 之间" in said


@pytest.mark.parametrize(
    ("amount", "told"),
    (
        ("12345678901234567890::HUGEINT", "大得不合情理"),
        ("0.005::DECIMAL(10,3)", "精确到了分以下"),
        ("'inf'::DOUBLE", "大得不合情理"),
        ("'一百'", "不是金额"),
        ("[1, 2]", "类型是 INTEGER[]"),
    ),
)
def test_amounts_that_are_none_are_told(amount: str, told: str, count: Count, tmp_path: Path) -> None:
    columns = (
        f"'首次执行' AS 案件类型, DATE '2024-03-01' AS 结案日期, 100 AS 申请执行金额, {amount} AS 到位金额"
    )
    code, _, said = count(parquet(tmp_path / "金额.parquet", columns), id_="recovery_rate")
    assert code == 1
    assert told in said


def test_a_double_is_the_fen_it_shows_and_nan_is_nothing(count: Count, tmp_path: Path) -> None:
    columns = (
        "'首次执行' AS 案件类型, DATE '2024-03-01' AS 结案日期, 1 AS 申请执行金额, "
        "unnest([0.1::DOUBLE + 0.2::DOUBLE, 'nan'::DOUBLE]) AS 到位金额"
    )
    _, rows, _ = count(parquet(tmp_path / "金额.parquet", columns), id_="recovery_rate")
    assert (rows[0]["数值"], rows[0]["缺数据"]) == ("30.00", "1")


def test_amounts_in_mixed_units_add_up(count: Count) -> None:
    text = "案件类型,结案日期,申请执行金额,到位金额\n"
    text += '首次执行,2024-03-01,2万元,"10,000.00"\n首次执行,2024-03-01,20000,贰仟元整\n'
    _, rows, _ = count(text, id_="recovery_rate")
    assert rows[0]["数值"] == "30.00"
    assert "申请金额=40000" in rows[0]["计数"]


def test_a_department_merged_mid_year_is_one_after_adding(count: Count, tmp_path: Path) -> None:
    text = "承办部门,结案日期,审限届满日,有无审限\n"
    text += "民一庭,2024-03-01,2024-03-01,有\n" * 9 + "民二庭,2024-03-02,2024-03-01,有\n"
    (tmp_path / "对照.csv").write_text("民一庭,民事审判庭\n民二庭,民事审判庭\n", encoding="utf-8")
    table = f"承办部门={tmp_path / '对照.csv'}"
    _, rows, _ = count(text, "--by", "承办部门", "--together", table)
    assert [(row["承办部门"], row["数值"]) for row in rows] == [("民事审判庭", "90.00")]


def test_two_judges_of_one_name_and_a_case_that_comes_twice_are_told(count: Count) -> None:
    text = "案号,承办人,承办人工号,结案日期,审限届满日,有无审限\n"
    text += "1号,张三,007,2024-03-01,2024-03-01,有\n1号,张三,008,2024-03-02,2024-03-01,有\n"
    _, rows, said = count(text, "--by", "承办人工号")
    assert [(row["承办人工号"], row["数值"]) for row in rows] == [("007", "100.00"), ("008", "0.00")]
    assert "同名的承办人：“张三”2 个工号" in said
    assert "案号有重复的，一行算一件：“1号”2 行" in said


def test_names_that_differ_by_a_space_are_told(count: Count) -> None:
    text = HEAD + GOOD + GOOD.replace("张三", "张 三")
    _, rows, said = count(text, "--by", "承办人")
    assert len(rows) == 2
    assert "“张 三”“张三”只差空格" in said


@pytest.mark.parametrize(
    ("also", "told"),
    (
        (("--by", "立案日期"), "不能按“立案日期”分组"),
        (("--by", "星座"), "“星座”（文字）"),
        (("--period", "2024-13"), "没有“2024-13”这个期间"),
        (("--from", "2024-03-01", "--to", "2024-02-01"), "早于"),
        (("--from", "2024-03-01"), "没有写算哪一段时间"),
        (("--data", "事项=事项.csv"), "不数事项"),
        (("--column", "结案日期"), "要写成 项=列"),
        (("--on", "2000-01-01"), "2024-01-01"),
    ),
)
def test_what_makes_no_sense_is_refused(also: tuple[str, ...], told: str, count: Count) -> None:
    code, _, said = count(HEAD + GOOD, *also)
    assert code == 1
    assert told in said


def test_no_such_indicator(count: Count) -> None:
    code, _, said = count(HEAD + GOOD, id_="happiness")
    assert code == 1
    assert "indicator.happiness" in said


def test_an_indicator_over_events_needs_their_file(count: Count, tmp_path: Path) -> None:
    code, _, said = count(HEAD + GOOD, id_="hearings_held")
    assert code == 1
    assert "还要数事项" in said
    events = tmp_path / "事项.csv"
    events.write_text(
        "事项,发生日期\n开庭,2024-05-06\n再次开庭,2024-05-07\n送达,2024-05-07\n", encoding="utf-8"
    )
    out = tmp_path / "次数.csv"
    asked = ["indicator", "count", "hearings_held", "--data", f"事项={events}", "--period", "2024"]
    assert main([*asked, "--out", str(out)]) == 0
    assert ",2,次," in out.read_text(encoding="utf-8-sig")


def test_a_workbook_is_read_and_written(count: Count, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEAD + GOOD + LATE).splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "案件.xlsx")
    out = tmp_path / "结果.xlsx"
    asked = ["indicator", "count", "within_limit", "--data", str(tmp_path / "案件.xlsx"), "--period", "2024"]
    assert main([*asked, "--out", str(out)]) == 0
    written = openpyxl.load_workbook(out).active
    assert written is not None
    assert [cell.value for cell in written[2]][:4] == ["2024年", "审限内结案率", "indicator.within_limit", 50]
