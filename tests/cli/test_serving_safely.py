"""`mingjing serve` opens no demonstration to other machines, and no court on demonstration data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from mingjing.cli.main import main
from mingjing.cli.serving import DemoInTheOpen, require_no_demo_logins
from mingjing.services.acts import act
from mingjing.services.demo import build
from mingjing.services.demo.mark import VERB


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.8"])
def test_a_demonstration_is_not_served_to_other_machines_unless_said_so(
    host: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINGJING_DEMO", raising=False)
    assert main(["serve", "--demo", "--host", host, "--port", "1"]) != 0
    assert "口令是公开的" in capsys.readouterr().err


def test_the_setting_is_judged_like_the_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGJING_DEMO", "是")
    assert main(["serve", "--host", "0.0.0.0", "--port", "1"]) != 0
    assert "--demo-open" in capsys.readouterr().err


def test_the_data_of_a_demonstration_are_not_served_as_a_court(db: None, settings: Settings) -> None:
    require_no_demo_logins()
    with act(None, VERB, needs="", subject_kind="法院", subject_id="云98"):
        pass
    with pytest.raises(DemoInTheOpen, match="换一个空的 MINGJING_DATA"):
        require_no_demo_logins()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, demo=True)
    require_no_demo_logins()


def test_the_mark_is_what_the_demonstration_writes() -> None:
    assert f'"{VERB}"' in (build.__spec__.loader.get_source(build.__name__) or "")  # type: ignore[union-attr]
