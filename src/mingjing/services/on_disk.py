"""On the disk for good: a file outlives a power cut when its bytes and its name are settled, one by one.

``fsync`` of a file settles the bytes and not the name: a file that was made or renamed stands in its folder
only when the folder is settled too. Whoever acknowledges a file calls this first.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

UNABLE = (errno.EINVAL, errno.ENOTSUP)
"""What file systems of other machines say that settle no folder; a local one never does."""


def settle_folder(folder: Path) -> None:
    """The names in a folder, and its own in the one above, are on the disk."""
    _settle(folder)
    with suppress(PermissionError):  # somebody else's folder, as that above a place for backups may be
        _settle(folder.parent)


def _settle(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in UNABLE:
            raise
    finally:
        os.close(opened)
