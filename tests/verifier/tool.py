"""The verifier as a module, loaded from its one file as anybody would copy it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

PATH = Path(__file__).parents[2] / "verifier" / "verify.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verify = _load()
