"""Seals: only whom an installed manufacturer vouches for signs packages, and only these bytes."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from laadpaal.protocols.firmware.head import HEAD_BYTES
from laadpaal.protocols.firmware.package import packed
from laadpaal.protocols.firmware.seal import Signer, flaw
from laadpaal.protocols.pki import Certificate, read_one
from tests.support.certificates import EXPIRED, FUTURE, Made, ec_key, root, rsa_key
from tests.support.packages import MAKER, PRODUCT, SIGNER

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp()
ROOTS = [read_one(root("other").pem), read_one(MAKER.pem)]


def parts(signer: Signer | None) -> tuple[bytes, bytes]:
    """Return head and seal of a package."""
    whole = packed(PRODUCT, "2.0", b"payload", signer=signer)
    return whole[:HEAD_BYTES], whole[HEAD_BYTES + 7 :]


def of(made: Made) -> Signer:
    """Return a signer with its own chain."""
    return Signer(made.key, made.chain or made.pem)


def why(
    signer: Signer | None, roots: list[Certificate] | None = None, at: float | None = NOW
) -> str:
    """Return what is wrong with a seal."""
    return flaw(*parts(signer), ROOTS if roots is None else roots, at)


MIDDLE = MAKER.issue("middle", authority=True)


@pytest.mark.parametrize(
    "made",
    [
        SIGNER,
        MIDDLE.issue("below"),
        MAKER.issue("rsa", key=rsa_key()),
        MAKER.issue("p521", key=ec.generate_private_key(ec.SECP521R1())),
    ],
    ids=["of the maker", "through an intermediate", "RSA", "P-521"],
)
def test_a_good_seal_is_believed(made: Made) -> None:
    """Whatever the kind of key, and however long its signatures happen to be."""
    for _ in range(5):
        assert why(of(made)) == ""


@pytest.mark.parametrize(
    ("signer", "text"),
    [
        (None, "not signed"),
        (of(root("maker").issue("signer")), "is signed by nobody we know"),
        (of(root("lonely")), "is signed by nobody we know"),
        (Signer(MIDDLE.issue("below").key, MIDDLE.issue("below").pem), "is signed by nobody"),
        (of(MAKER.issue("old", EXPIRED)), "has expired"),
        (of(MAKER.issue("young", FUTURE)), "is not valid yet"),
        (of(MAKER.issue("middle").issue("below")), "may not sign others"),
        (Signer(ec_key(), SIGNER.chain), "does not belong"),
        (Signer(rsa_key(), SIGNER.chain), "does not belong"),
        (Signer(SIGNER.key, "nothing"), "no certificate that can be read"),
        (Signer(SIGNER.key, "\u00e9"), "no certificate that can be read"),
    ],
    ids=range(11),
)
def test_any_other_is_not(signer: Signer | None, text: str) -> None:
    """Unsigned, a stranger's, out of date, of somebody who may not, or another key's."""
    assert text in why(signer)


def test_a_station_that_does_not_know_the_time_judges_no_dates() -> None:
    """And one that knows no manufacturer believes nobody."""
    assert why(of(MAKER.issue("old", EXPIRED)), at=None) == ""
    assert "nobody we know" in why(of(SIGNER), [])


def test_one_other_byte_of_head_or_seal_is_enough() -> None:
    """The head holds the digest of the payload, so nothing of a package is left out."""
    head, seal = parts(of(SIGNER))
    for at in range(HEAD_BYTES):
        assert flaw(head[:at] + bytes([head[at] ^ 1]) + head[at + 1 :], seal, ROOTS, NOW)
    for seal_ in (b"", seal[:1], seal[:80], b"\xff\xff" + seal[2:], b"\0\0" + seal[2:]):
        assert flaw(head, seal_, ROOTS, NOW)


def certified(*usages: x509.ExtensionType) -> Signer:
    """Return a signer whose certificate says what its key is for."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "usage")]))
        .issuer_name(MAKER.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
    )
    for usage in usages:
        builder = builder.add_extension(usage, critical=True)
    made = builder.sign(MAKER.key, hashes.SHA256())
    return Signer(key, made.public_bytes(Encoding.PEM).decode())


def key_usage(*, signs: bool) -> x509.KeyUsage:
    """Return that a key is for signatures, or for agreeing on keys only."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not signs,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


CODE = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
SERVER = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])


@pytest.mark.parametrize(
    ("usages", "good"),
    [
        ([CODE, key_usage(signs=True)], True),
        ([CODE], True),
        ([SERVER], False),
        ([key_usage(signs=False)], False),
        ([CODE, key_usage(signs=False)], False),
    ],
)
def test_a_key_for_something_else_signs_no_firmware(
    usages: list[x509.ExtensionType],
    good: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    """A server's certificate of the same manufacturer is none of a signer."""
    assert why(certified(*usages)) == (
        "" if good else "certificate CN=usage is not for signing firmware"
    )
