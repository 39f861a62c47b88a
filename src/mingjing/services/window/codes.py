"""Query codes: what stands on a receipt beside the number. Shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What people do not mix up when they read it off paper: no 0 O, 1 I L, U."""
LENGTH, GROUP = 12, 4


def new_code() -> str:
    """A code as it is read out: ``K7QP-4M2X-9TRD``, fifty-eight bits."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """The hash by which a code is found, however it was typed: small letters, full-width, spaces, hyphens."""
    plain = "".join(_half(letter) for letter in code[:80]).upper()
    kept = "".join(letter for letter in plain if letter in LETTERS)
    return hashlib.sha256(f"mingjing.window:{kept}".encode()).hexdigest()


def _half(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter
