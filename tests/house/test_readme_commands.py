"""Every command the READMEs show exists, and the cheap ones are run as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess

import pytest

from mingjing.cli.main import build_parser
from tests.house.tree import ROOT

READMES = ("README.md", "README.zh-CN.md")
PROGRAM = ".venv/bin/mingjing"
QUICK = ("--version", "--help", "institutions check", "institutions show", "settings", "explain --help")


def shown_commands(name: str) -> list[str]:
    """Command lines of the ``sh`` blocks, comments left out."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    lines = [shlex.join(shlex.split(line, comments=True)) for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


COMMANDS = sorted({line for name in READMES for line in shown_commands(name)})
OURS = [line for line in COMMANDS if line.startswith(PROGRAM)]


def test_both_readmes_show_the_same_commands() -> None:
    assert shown_commands(READMES[0]) == shown_commands(READMES[1])


@pytest.mark.parametrize("line", OURS)
def test_the_program_takes_the_command(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        args = build_parser().parse_args(shlex.split(line)[1:])
    except SystemExit as left:  # --help and --version print and leave
        assert left.code == 0, capsys.readouterr().err
    else:
        assert callable(args.run)


@pytest.mark.parametrize(
    "line", [line for line in OURS if line.removeprefix(f"{PROGRAM} ").startswith(QUICK)]
)
def test_a_quick_command_does_what_it_says(line: str) -> None:
    done = subprocess.run(shlex.split(line), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("make ")])
def test_make_knows_the_target(line: str) -> None:
    done = subprocess.run(
        ["make", "-n", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_target_of_the_makefile_is_explained_to_contributors() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) - {"help", "setup-dev", "lint"}
    explained = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert targets == explained


@pytest.mark.parametrize("name", [*READMES, "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_link_leads_to_a_file(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).exists()] == []
