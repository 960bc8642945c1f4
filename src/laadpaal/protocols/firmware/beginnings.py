"""How a file of firmware begins, by which one is known that nobody has called so."""

from __future__ import annotations

from laadpaal.protocols.firmware.head import MAGIC

SQUASHFS = b"hsqs"
"""A bundle of RAUC is a file system with a signature behind it (squashfs, little-endian)."""
_BEGINNINGS = (MAGIC, SQUASHFS)


def begins(seen: bytes) -> bool | None:
    """Tell whether these are the first bytes of firmware, None while more of them have to tell."""
    if seen.startswith(_BEGINNINGS):
        return True
    return None if any(it.startswith(seen) for it in _BEGINNINGS) else False
