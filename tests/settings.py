"""The product's own settings, in a data folder of the test run's own and with a password hash that is quick."""

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
