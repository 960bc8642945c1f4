"""One reading as an OCMF document: `OCMF|payload|signature`, both JSON."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

ENCODING = "OCMF"
METHOD = "ECDSA-secp256r1-SHA256"
IMPORTED = "01-00:01.08.00*FF"
"""The register of imported energy (OBIS)."""
_HEADER = "OCMF"
_PARTS = 3
_TIME = "%Y-%m-%dT%H:%M:%S"
_HOW = ec.ECDSA(SHA256())


class OcmfError(ValueError):
    """A text is no document that this key has signed."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a meter has counted.

    Args:
        meter: Its serial number.
        number: Of the document; grows with each.
        at: UTC second of the reading, in whole milliseconds.
        energy_wh: Its import register.
        synchronised: Whether the meter's clock was right.
    """

    meter: str
    number: int
    at: float
    energy_wh: float
    synchronised: bool = True


class _Line(msgspec.Struct, frozen=True):
    TM: str
    RV: float
    RI: str = IMPORTED
    RU: str = "kWh"
    RT: str = "AC"
    ST: str = "G"


class _Payload(msgspec.Struct, frozen=True):
    MS: str
    PG: str
    RD: tuple[_Line, ...]
    FV: str = "1.0"


class _Signature(msgspec.Struct, frozen=True):
    SD: str
    SA: str = METHOD


def written(record: Record, key: ec.EllipticCurvePrivateKey) -> str:
    """Return the document of a record, signed."""
    line = _Line(_time(record), record.energy_wh / 1000)
    payload = msgspec.json.encode(_Payload(record.meter, f"T{record.number}", (line,)))
    signature = _Signature(key.sign(payload, _HOW).hex())
    return "|".join((_HEADER, payload.decode(), msgspec.json.encode(signature).decode()))


def read(text: str, public: str) -> Record:
    """Return what a document says; raises OcmfError when not this key has signed it."""
    parts = text.split("|")
    if len(parts) != _PARTS or parts[0] != _HEADER:
        raise OcmfError("it is not made of a header, a payload and a signature")
    try:
        payload = msgspec.json.decode(parts[1], type=_Payload)
        signature = msgspec.json.decode(parts[2], type=_Signature)
        _key(public).verify(bytes.fromhex(signature.SD), parts[1].encode(), _HOW)
        (line,) = payload.RD
        return _record(payload, line)
    except InvalidSignature as wrong:
        raise OcmfError("somebody else has signed it") from wrong
    except ValueError as wrong:
        raise OcmfError(str(wrong)) from wrong


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """Return what tells others that this key has signed: base64 of the DER."""
    public = key.public_key()
    return b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def _key(public: str) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(b64decode(public, validate=True))
    except (binascii.Error, UnsupportedAlgorithm) as wrong:
        raise OcmfError("that is no public key") from wrong
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise OcmfError("that key is not one of an elliptic curve")
    return key


def _time(record: Record) -> str:
    # In whole milliseconds from the start, for halves would be rounded to even ones.
    whole_ms = round(record.at * 1000)
    at = datetime.fromtimestamp(whole_ms // 1000, UTC)
    return f"{at:{_TIME}},{whole_ms % 1000:03}+0000 {'S' if record.synchronised else 'U'}"


def _record(payload: _Payload, line: _Line) -> Record:
    text, _, clock = line.TM.partition(" ")
    at = datetime.strptime(text.replace(",", "."), f"{_TIME}.%f%z").timestamp()
    energy_wh = round(line.RV * 1000, 6)
    return Record(payload.MS, int(payload.PG[1:]), round(at, 3), energy_wh, clock == "S")
