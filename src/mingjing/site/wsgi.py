"""The WSGI entry, served by granian."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")

application = get_wsgi_application()

# Read now, a good set is known by the time somebody spoils a file: pages go on with it. Imported late
# because the tables are there only once Django is.
from mingjing.services.installation import read_every_court  # noqa: E402

read_every_court()

# A worker keeps what it loaded for good; looking through it again and again cost a tenth of every page.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
