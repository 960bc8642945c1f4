"""What a server shows of itself: a certificate that it signs for itself, or that others made."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from laadpaal.protocols.pki.certificate import Certificate, read_chain
from laadpaal.protocols.pki.errors import KeyFlawed, PkiError
from laadpaal.protocols.pki.keys import LONGEST_NAME, PrivateKey

EARLIER = dt.timedelta(days=1)
"""A caller's clock may be behind ours."""
LASTS = dt.timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Names:
    """What a machine is called: hosts, and addresses of either version of IP."""

    hosts: tuple[str, ...]
    addresses: tuple[str, ...] = ()


def self_signed(key: PrivateKey, common_name: str, names: Names, utc: float) -> str:
    """Return a leaf in PEM that is its own issuer; valid for ten years from the UTC second on.

    Installers' tools take one that nobody vouches for, but none whose issuer is missing.
    """
    now = dt.datetime.fromtimestamp(utc, dt.UTC)
    called = x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name[:LONGEST_NAME])
    subject = x509.Name([called])
    known_as = [
        *(x509.DNSName(host) for host in names.hosts),
        *(x509.IPAddress(ipaddress.ip_address(one)) for one in names.addresses),
    ]
    leaf = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName(known_as), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return leaf.public_bytes(Encoding.PEM).decode("ascii")


def showable(chain: str, key: str, utc: float) -> tuple[Certificate, ...]:
    """Return a chain, leaf first, that a server can show from that UTC second on with that key.

    Raises:
        KeyFlawed: It cannot for the key, and the text says why.
        PkiError: It cannot for the chain.
    """
    certificates = read_chain(chain)
    leaf = certificates[0]
    if _key(key).public_key() != leaf.x509.public_key():
        raise KeyFlawed("the key is not that of the first certificate")
    if not leaf.not_before <= utc <= leaf.not_after:
        state = "has expired" if utc > leaf.not_after else "is not valid yet"
        raise PkiError(f"the certificate of {leaf.subject} {state}")
    if not leaf.strong:
        raise PkiError(f"the key of {leaf.subject} is too weak: {leaf.key}")
    _check_order(certificates)
    return certificates


def _check_order(chain: Sequence[Certificate]) -> None:
    for below, above in pairwise(chain):
        if not below.signed_by(above):
            raise PkiError(
                f"{above.subject} has not signed {below.subject}, which stands before it"
            )


def _key(pem: str) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        # What the library says might repeat a part of the key.
        raise KeyFlawed("no private key in PEM that is readable without a password") from wrong
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise KeyFlawed("the private key is neither RSA nor on an elliptic curve")
    return key
