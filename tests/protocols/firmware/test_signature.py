"""Signatures over firmware: RSA and ECDSA, and nothing that only looks like one."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from laadpaal.protocols.firmware.signature import signed
from tests.support.certificates import Made, ec_key, root, rsa_key

FILE = b"firmware" * 1000
DIGEST = hashlib.sha256(FILE).digest()
RSA, EC = root("rsa", key=rsa_key()), root("ec", key=ec_key())
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
LONG_PSS = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.MAX_LENGTH)


def rsa_signature(how: padding.AsymmetricPadding, made: Made = RSA) -> str:
    """Sign the file."""
    assert isinstance(made.key, rsa.RSAPrivateKey)
    return b64encode(made.key.sign(FILE, how, hashes.SHA256())).decode()


def ec_signature(digest: hashes.HashAlgorithm) -> str:
    """Sign the file."""
    assert isinstance(EC.key, ec.EllipticCurvePrivateKey)
    return b64encode(EC.key.sign(FILE, ec.ECDSA(digest))).decode()


@pytest.mark.parametrize("how", [PSS, LONG_PSS, padding.PKCS1v15()])
def test_an_rsa_signature_is_good(how: padding.AsymmetricPadding) -> None:
    """Whatever padding the tool of the manufacturer uses."""
    assert signed(RSA.pem, rsa_signature(how), DIGEST)


def test_an_ecdsa_signature_is_good() -> None:
    """Over lines, too, for base64 is often broken into them."""
    text = ec_signature(hashes.SHA256())
    assert signed(EC.pem, f"{text[:20]}\n{text[20:]}\n", DIGEST)


@pytest.mark.parametrize(
    ("certificate", "signature"),
    [
        (RSA.pem, rsa_signature(PSS, root("other", key=rsa_key()))),
        (RSA.pem, ec_signature(hashes.SHA256())),
        (EC.pem, rsa_signature(PSS)),
        (EC.pem, ec_signature(hashes.SHA384())),
        (EC.pem, ""),
        (EC.pem, "not base64!"),
        (EC.pem, "\u00e9"),
        ("no certificate", ec_signature(hashes.SHA256())),
        ("\udcff", ec_signature(hashes.SHA256())),
    ],
    # By number: the signatures are others in every run.
    ids=range(9),
)
def test_what_is_none_is_refused(certificate: str, signature: str) -> None:
    """Of somebody else, with another algorithm, or no signature or certificate at all."""
    assert not signed(certificate, signature, DIGEST)


def test_a_key_of_another_kind_signs_nothing() -> None:
    """The standard names RSA and ECDSA only."""
    key = ed25519.Ed25519PrivateKey.generate()
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, None)

    signature = b64encode(key.sign(DIGEST)).decode()
    assert not signed(EC.issue("edwards", public=request).pem, signature, DIGEST)


def test_another_file_is_not_signed() -> None:
    """One bit is enough."""
    other = hashlib.sha256(FILE[:-1] + b"x").digest()
    assert not signed(RSA.pem, rsa_signature(PSS), other)
    assert not signed(EC.pem, ec_signature(hashes.SHA256()), other)
