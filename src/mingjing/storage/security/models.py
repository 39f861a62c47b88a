"""Second factors, passkeys, sessions, outside identities."""

from __future__ import annotations
