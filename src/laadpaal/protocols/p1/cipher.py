"""The frames around encrypted telegrams: AES-128-GCM, as DLMS has it (general-glo-ciphering)."""

from __future__ import annotations

import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from laadpaal.protocols.p1.errors import TelegramError

AUTHENTICATION_KEY = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
"""The same for every meter of Luxembourg, and no secret."""
KEY_BYTES = 16
TAG_BYTES = 12
HEAD_BYTES = 18
HEAD = re.compile(rb"\xdb\x08(.{8})\x82(..)(\x30)(.{4})", re.DOTALL)
"""Title of the meter, length of what comes after it, way of securing, and number of the frame."""
COUNTED = 5
"""Bytes of the head that the length counts: way of securing, and number."""


def size(head: re.Match[bytes]) -> int:
    """Return how many bytes the frame has that begins so."""
    return HEAD_BYTES - COUNTED + int.from_bytes(head[2], "big")


def opened(frame: bytes, key: bytes) -> bytes:
    """Return the telegram in a frame.

    Args:
        frame: From the first byte of its head to the last of its tag.
        key: 16 bytes, which the owner of the network tells the customer.

    Raises:
        TelegramError: It is no frame, or was changed, or the key is that of another meter.
    """
    head = HEAD.match(frame)
    if not head or len(frame) != size(head) or len(frame) < HEAD_BYTES + TAG_BYTES:
        raise TelegramError("it is no encrypted frame")
    title, _, secured, number = head.groups()
    tag = frame[-TAG_BYTES:]
    cipher = Cipher(AES(key), GCM(title + number, tag, min_tag_length=TAG_BYTES)).decryptor()
    cipher.authenticate_additional_data(secured + AUTHENTICATION_KEY)
    try:
        return cipher.update(frame[HEAD_BYTES:-TAG_BYTES]) + cipher.finalize()
    except InvalidTag as wrong:
        raise TelegramError("it was changed on its way, or the key is another meter's") from wrong
