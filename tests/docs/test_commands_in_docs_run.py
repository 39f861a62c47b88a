"""Every command the pages of docs/ show is run as it stands there, page by page, in a fresh place."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from mingjing.cli.main import build_parser
from tests.docs.conftest import environment
from tests.docs.pages import NEEDS_DEMO, Fence, apply_edit, fences, name_of, pages, shows

PROGRAM = ".venv/bin/mingjing"
LONGEST = 300
WITH_COMMANDS = [page for page in pages() if any(one.language == "sh" for one in fences(page))]
SHOWN_ONLY = [one for page in pages() for one in fences(page) if one.language == "text" and not one.rest]


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name_of)
def test_the_commands_of_a_page_do_what_it_says(
    page: Path, place: Path, request: pytest.FixtureRequest
) -> None:
    if NEEDS_DEMO in page.read_text(encoding="utf-8"):
        shutil.copytree(request.getfixturevalue("demo_data"), place / "var")
    output = ""
    for fence in fences(page):
        if written := fence.says("文件"):
            target = place / written
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(fence.body, encoding="utf-8")
        elif fence.language == "diff":
            target = place / fence.rest
            target.write_text(apply_edit(target.read_text(encoding="utf-8"), fence.body), encoding="utf-8")
        elif fence.language == "sh":
            output = serve(fence, place) if fence.rest == "一直运行" else run(fence, place)
        elif fence.rest == "输出":
            assert shows(output, fence.body), f"{fence.place}: the command before it said\n{output}"


def run(fence: Fence, place: Path) -> str:
    """What the commands of a fence print, with the exit code its first line promises (else 0)."""
    expected = int(fence.says("退出码") or 0)
    done = subprocess.run(
        ["sh", "-euc", fence.body],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == expected, f"{fence.place}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def serve(fence: Fence, place: Path) -> str:
    """Start the server of a fence on a free port, ask it for its log-in page, stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    body = re.sub(r"--port \d+", f"--port {port}", fence.body)
    assert body != fence.body, f"{fence.place}: a server that is shown names its port"
    server = subprocess.Popen(
        ["sh", "-euc", body],
        cwd=place,
        env=environment(place),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        return page_of(server, port, fence)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate(timeout=60)


def page_of(server: subprocess.Popen[bytes], port: int, fence: Fence) -> str:
    """The first page, as soon as the server answers."""
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            try:
                server.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            said = server.stderr.read().decode() if server.stderr else ""
            raise AssertionError(f"{fence.place}: the server ended\n{said}") from None
    raise AssertionError(f"{fence.place}: no answer in a minute")


def our_lines(fence: Fence) -> list[str]:
    """The lines of a block that call our program."""
    lines = (line.partition(" # ")[0].strip() for line in fence.body.splitlines())
    return [line[line.index(PROGRAM) :] for line in lines if PROGRAM in line]


@pytest.mark.parametrize("fence", SHOWN_ONLY, ids=lambda one: one.place)
def test_a_command_that_is_only_shown_is_still_written_right(
    fence: Fence, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    for line in our_lines(fence):
        try:
            build_parser().parse_args(shlex.split(line)[1:])
        except SystemExit as left:
            if left.code != 0:
                wrong.append(f"{line}: {capsys.readouterr().err}")
    assert wrong == []


def test_an_edit_replaces_lines_that_occur_once() -> None:
    edit = "- limit: 3 个月\n+ limit: 2 个月"
    assert apply_edit("from: x\nlimit: 3 个月\n", edit) == "from: x\nlimit: 2 个月\n"
    with pytest.raises(AssertionError, match="occur 0 times"):
        apply_edit("limit: 4 个月\n", edit)


def test_an_output_is_compared_line_by_line_in_order() -> None:
    assert shows("甲 1\n乙 2\n丙 3\n", "甲 …\n丙 3")
    assert not shows("丙 3\n甲 1\n", "甲 1\n丙 3")
