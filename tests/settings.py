"""The product's own settings, with a data folder made for the run and a password hash that is quick."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="mingjing-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["MINGJING_DATA"] = _FOLDER

from mingjing.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    # By its name pytest-django does not know it for SQLite, and would give each worker a file of its own.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
