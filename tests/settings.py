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
