"""Sealing: what is sealed can be opened with a private key that no table, file or setting holds in the open.

libsodium by PyNaCl. A piece of content has a key of its own (XSalsa20-Poly1305), which is sealed to each
reader's public key (anonymous sealed box, X25519). A private key is kept encrypted under what Argon2id makes
of its owner's passphrase, and in two halves sealed to two escrow officers, of which one alone says nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nacl import pwhash, utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from mingjing.domain.reasons import Refusal
from mingjing.services.leads.words import WORDS

KEY = 32
LEAST_PASSPHRASE = 12
STRONG = (3, 64 << 20)
"""Argon2id for passphrases people choose: passes over 64 MiB; about a fifth of a second."""
RECEIPT = (2, 16 << 20)
"""Argon2id for receipts, which carry 64 bits of chance of their own."""
RECEIPT_WORDS = 8


class WrongPassphrase(Refusal):
    """The passphrase does not open the key."""

    code = "wrong-passphrase"


class NotForYou(Refusal):
    """The content was not sealed to this key, or was changed."""

    code = "not-for-you"


class WeakPassphrase(Refusal):
    """The passphrase is too short."""

    code = "weak-passphrase"


class WrongReceipt(Refusal):
    """What was entered is not the code words of a receipt."""

    code = "wrong-receipt"


@dataclass(frozen=True, slots=True)
class Locked:
    """A key pair at rest: the public half, the private half under a passphrase, how it was derived."""

    public: bytes
    private: bytes
    salt: bytes
    passes: int
    memory: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """Content nobody reads without a key; ``boxes`` hold its key for each reader (by public key).

    ``key`` is for sealing more under the same key at once; it is never kept.
    """

    content: bytes
    boxes: Mapping[bytes, bytes]
    key: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reporter carries away. ``mark`` finds the report, ``private`` opens what is sealed to them."""

    words: str
    mark: str
    private: bytes

    @property
    def public(self) -> bytes:
        """The key answers are sealed to."""
        return bytes(PrivateKey(self.private).public_key)


def lock(private: bytes, passphrase: str, cost: tuple[int, int] = STRONG) -> Locked:
    """A private key under a passphrase.

    Raises
    ------
    WeakPassphrase   it has fewer than twelve characters
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise WeakPassphrase(
            f"密钥口令至少 {LEAST_PASSPHRASE} 个字。它只在您心里，谁也不能重置。", example="四句不相干的话"
        )
    salt = utils.random(pwhash.argon2id.SALTBYTES)
    key = _derived(passphrase, salt, *cost)
    return Locked(public_of(private), bytes(SecretBox(key).encrypt(private)), salt, *cost)


def unlock(locked: Locked, passphrase: str) -> bytes:
    """The private key. Raises WrongPassphrase."""
    key = _derived(passphrase, locked.salt, locked.passes, locked.memory)
    try:
        return SecretBox(key).decrypt(locked.private)
    except CryptoError:
        raise WrongPassphrase("密钥口令不对。它和登录口令不是同一个。") from None


def new_private() -> bytes:
    """A fresh private key."""
    return bytes(PrivateKey.generate())


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return bytes(PrivateKey(private).public_key)


def seal(content: bytes, readers: Iterable[bytes]) -> Sealed:
    """Content for the holders of some public keys; who sealed it cannot open it again."""
    key = utils.random(KEY)
    boxes = {one: box_of(key, one) for one in readers}
    return Sealed(bytes(SecretBox(key).encrypt(content)), boxes, key)


def key_of(box: bytes, private: bytes) -> bytes:
    """The key of a piece of content. Raises NotForYou."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(box)
    except CryptoError:
        raise NotForYou("这份内容不是封给您的，或者被改动过，打不开。") from None


def open_with(content: bytes, key: bytes) -> bytes:
    """The content. Raises NotForYou where a single bit was changed."""
    try:
        return SecretBox(key).decrypt(content)
    except (CryptoError, ValueError):
        raise NotForYou("这份内容被改动过，打不开。原件和日志都还在，请报告审计管理员。") from None


def reseal(box: bytes, private: bytes, reader: bytes) -> bytes:
    """The key of a piece of content, sealed to one reader more by somebody who can open it."""
    return box_of(key_of(box, private), reader)


def split(private: bytes) -> tuple[bytes, bytes]:
    """A private key in two halves; either alone is chance."""
    first = utils.random(KEY)
    return first, _xor(first, private)


def join(first: bytes, second: bytes) -> bytes:
    """The private key of both halves."""
    return _xor(first, second)


def hold(private: bytes) -> tuple[bytes, bytes]:
    """A private key for some minutes: what the server keeps, and the key to it, which the browser keeps."""
    key = utils.random(KEY)
    return bytes(SecretBox(key).encrypt(private)), key


def new_receipt(salt: bytes) -> Receipt:
    """A receipt nobody had before. ``salt`` is the installation's."""
    chosen = [WORDS[number] for number in utils.random(RECEIPT_WORDS)]
    return _receipt(chosen, salt)


def read_receipt(text: str, salt: bytes) -> Receipt:
    """The receipt of code words as somebody typed them. Raises WrongReceipt."""
    plain = "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
    words = [plain[place : place + 2] for place in range(0, len(plain), 2)]
    if len(words) != RECEIPT_WORDS or any(word not in WORDS for word in words):
        raise WrongReceipt(
            f"回执是 {RECEIPT_WORDS} 个词，每个词两个字。请照回执核对。", example=" ".join(WORDS[:3]) + " …"
        )
    return _receipt(words, salt)


def _receipt(words: list[str], salt: bytes) -> Receipt:
    text = "".join(words)
    passes, memory = RECEIPT
    made = pwhash.argon2id.kdf(2 * KEY, text.encode(), salt, opslimit=passes, memlimit=memory)
    return Receipt(" ".join(words), hashlib.sha256(made[KEY:]).hexdigest(), made[:KEY])


def _derived(passphrase: str, salt: bytes, passes: int, memory: int) -> bytes:
    made = pwhash.argon2id.kdf(KEY, passphrase.encode(), salt, opslimit=passes, memlimit=memory)
    return bytes(made)


def box_of(content: bytes, reader: bytes) -> bytes:
    """Few bytes sealed to one reader."""
    return bytes(SealedBox(PublicKey(reader)).encrypt(content))


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(first, second, strict=True))
