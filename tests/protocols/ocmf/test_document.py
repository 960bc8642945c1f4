"""OCMF documents: what was signed reads back, and nothing else does."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.protocols.ocmf import OcmfError, Record, public_key, read, written

KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = public_key(KEY)
RECORD = Record("M1", 7, 1_700_000_000.25, 12_345.5)


@given(
    st.integers(0, 4_000_000_000_000),
    st.floats(0, 1e9).map(lambda wh: round(wh, 3)),
    st.booleans(),
)
def test_what_was_written_reads_back(at_ms: int, energy_wh: float, synchronised: bool) -> None:  # noqa: FBT001  drawn
    """Meter, number, time and register are those that were signed."""
    record = Record("M1", 7, at_ms / 1000, energy_wh, synchronised)

    assert read(written(record, KEY), PUBLIC) == record


def test_it_looks_as_others_expect_it() -> None:
    """A header and two JSON objects, the register in kWh and the time with the clock's state."""
    header, payload, signature = written(RECORD, KEY).split("|")

    assert header == "OCMF"
    assert '"TM":"2023-11-14T22:13:20,250+0000 S"' in payload
    assert '"RV":12.3455' in payload
    assert '"SA":"ECDSA-secp256r1-SHA256"' in signature


@pytest.mark.parametrize(
    ("was", "put", "why"),
    [
        ("12.3455", "12.3456", "somebody else"),
        ("OCMF", "XML", "not made of"),
        ("}|{", "}{", "not made of"),
        ('"RD":[', '"RD":7,"X":[', "RD"),
        ('"SD":"', '"SD":"x', "hexadecimal"),
    ],
)
def test_what_was_changed_is_not_believed(was: str, put: str, why: str) -> None:
    """One other digit, or another form, and it is nobody's word."""
    with pytest.raises(OcmfError, match=why):
        read(written(RECORD, KEY).replace(was, put), PUBLIC)


def other_kind() -> str:
    """Return a public key of another kind."""
    key = ed25519.Ed25519PrivateKey.generate().public_key()
    return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize(
    ("public", "why"),
    [
        (public_key(ec.generate_private_key(ec.SECP256R1())), "somebody else"),
        ("!", "no public key"),
        (b64encode(b"nothing").decode(), "."),
        (other_kind(), "elliptic"),
    ],
    ids=["another", "no base64", "no DER", "another kind"],
)
def test_only_its_key_vouches_for_it(public: str, why: str) -> None:
    """Another key, or none, says nothing about it."""
    with pytest.raises(OcmfError, match=why):
        read(written(RECORD, KEY), public)
