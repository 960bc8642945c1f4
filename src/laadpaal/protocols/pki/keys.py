"""The station's own keys, and the request for a certificate."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from laadpaal.protocols.pki.certificate import Certificate
from laadpaal.protocols.pki.errors import PkiError

LONGEST_NAME = 64
"""Characters (X.520)."""
PrivateKey = ec.EllipticCurvePrivateKey
"""The only kind we make."""


def new_key() -> PrivateKey:
    """Return a new key on the curve P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def key_as_pem(key: PrivateKey) -> str:
    """Return the key in PEM, for a file that nobody else may read."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def read_key(pem: str) -> PrivateKey:
    """Return the key of a PEM text.

    Raises:
        PkiError: There is none, or it is of another kind.
    """
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        # What the library says might repeat a part of the key.
        raise PkiError("no private key in PEM") from wrong
    if not isinstance(key, PrivateKey):
        raise PkiError("the private key is none on an elliptic curve")
    return key


def fits(key: PrivateKey, certificate: Certificate) -> bool:
    """Tell whether the certificate was issued for this key."""
    return certificate.x509.public_key() == key.public_key()


def signing_request(key: PrivateKey, common_name: str, organisation: str) -> str:
    """Return a PKCS#10 request in PEM, signed with the key (A02).

    Raises:
        PkiError: A name is empty or longer than 64 characters.
    """
    for name in (common_name, organisation):
        if not 1 <= len(name) <= LONGEST_NAME:
            raise PkiError(f"{name!r} is no name for a certificate")
    names = [
        x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name),
        x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation),
    ]
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    return request.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode("ascii")
