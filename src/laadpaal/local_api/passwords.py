"""Passwords and PINs: which are good enough, how they are kept, and whether one is right."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from laadpaal.ports.accounts import User

RULES = {
    User.ADMIN: re.compile(r'[^\x00-\x1f\x7f\\",]{10,40}'),
    User.SERVICE: re.compile(r'[^\x00-\x1f\x7f\\",]{10,40}'),
    User.GUEST: re.compile(r'[^\x00-\x1f\x7f\\",]{10,40}'),
    User.DRIVER: re.compile(r"([0-9]{4,6})?"),
}
"""What each may have; installers' tools cannot send a backslash, a quote or a comma."""
_SENTENCE = 'a password has 10 to 40 characters, and no backslash, quote (") or comma among them'
_PIN = "a PIN has 4 to 6 digits, or is empty"
_COST, _BLOCK, _LANES = 2**14, 8, 1
"""Of scrypt: 16 MB and some 50 ms for each try."""
_MEMORY = 64 * 1024 * 1024
LONGEST = 1024
"""Characters of what is tried; nobody has more, and to hash them would take long."""

LONGEST_H = 72
"""Hours that a temporary password may last."""


def flaw(user: User, password: str) -> str:
    """Return why that user cannot have that password, or ""."""
    if RULES[user].fullmatch(password):
        return ""
    return _PIN if user is User.DRIVER else _SENTENCE


def hashed(password: str) -> str:
    """Return what is kept of a password; "" for the empty one. Takes some 50 ms."""
    if not password:
        return ""
    salt = secrets.token_bytes(16)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${_key(password, salt).hex()}"


def matches(password: str, kept: str) -> bool:
    """Tell whether it is the password of which `kept` is kept; always takes some 50 ms."""
    if not kept:
        _key(password, b"nobody")  # how long it takes must not tell who has no password
        return not password
    _, cost, block, lanes, salt, key = kept.split("$")
    tried = _key(password, bytes.fromhex(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(tried, bytes.fromhex(key))


def _key(
    password: str, salt: bytes, cost: int = _COST, block: int = _BLOCK, lanes: int = _LANES
) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32)
