"""Signs meter values as the stations do that the clients were written for."""

from __future__ import annotations

import base64
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_OBIS = bytes((1, 0, 1, 8, 0, 255))
_WATT_HOURS, _SCALER = 0x1E, 0
_HALF = 24


class MeterSeal:
    """A meter's key on the curve secp192r1, and the envelopes that it signs."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP192R1())
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self._point = point
        self.public_key = base64.b64encode(point).decode()
        """As it is told beside signed values."""

    def sealed(self, energy_wh: int, tag: str = "04A1B2C3", *, kind: int = 0) -> str:
        """Return the envelope of one value, as it is told; `kind` 0 begins and 1 ends."""
        data = _data(energy_wh, tag, paging=kind + 1)
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
        fields = ["AP", str(kind), "3", *map(_base32, (self._point, data, signature)), ""]
        return base64.b64encode(";".join(fields).encode()).decode()


def _data(energy_wh: int, tag: str, paging: int) -> bytes:
    who = b"\x0aADAPTER01" + b"v013" + b"\0\0" + b"\x0a\x01DZG00000"
    when = struct.pack("<III", 0, 1, 1_800_000_000)
    what = _OBIS + struct.pack("<BbQ", _WATT_HOURS, _SCALER, energy_wh)
    session = struct.pack("<20sII", tag.encode(), 1, paging)
    data = who + when + what + session
    assert len(data) == 82
    return data


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode()
