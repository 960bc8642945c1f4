"""The seal of a package: a signature over its head, and who vouches for the signer.

The head holds the digest of the payload, so whoever signs the head has signed both.
bytes
    2   length of the signature, big-endian
        the signature: ECDSA or RSA-PSS with SHA-256
        the signer's certificate and those above it, in PEM, filled up with zeros
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from laadpaal.protocols.firmware.signature import PSS, verified
from laadpaal.protocols.pki import Certificate, PkiError, flaw_of, read_chain

_LENGTH_BYTES = 2
_DER_BYTES = 16
"""What DER wraps around the two numbers of an ECDSA signature, at most."""
Key: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs packages; `chain` is in PEM, the signer's own certificate first."""

    key: Key
    chain: str

    @property
    def seal_bytes(self) -> int:
        """How long a seal of this signer is; signatures may be shorter, and are filled up."""
        return _LENGTH_BYTES + _signature_bytes(self.key) + len(self.chain.encode())

    def seal(self, head: bytes) -> bytes:
        """Return the seal over a head."""
        made = _sign(self.key, head)
        whole = len(made).to_bytes(_LENGTH_BYTES, "big") + made + self.chain.encode()
        return whole.ljust(self.seal_bytes, b"\0")


def _signature_bytes(key: Key) -> int:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size // 8
    return 2 * (key.key_size // 8 + 1) + _DER_BYTES


def _sign(key: Key, head: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(head, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return key.sign(head, ec.ECDSA(hashes.SHA256()))


def flaw(head: bytes, seal: bytes, roots: Sequence[Certificate], at: float | None) -> str:
    """Return why a seal is not to be believed, or "" when it is.

    The roots are those of manufacturers that are installed here; `at` is the instant in UTC
    seconds, and None judges no dates.
    """
    if not seal:
        return "the package is not signed"
    end = _LENGTH_BYTES + int.from_bytes(seal[:_LENGTH_BYTES], "big")
    signature, chain_pem = seal[_LENGTH_BYTES:end], seal[end:].rstrip(b"\0")
    try:
        chain = read_chain(chain_pem.decode("ascii"))
    except (PkiError, UnicodeDecodeError):
        return "the seal of the package holds no certificate that can be read"
    return _chain_flaw(chain, roots, at) or _signature_flaw(chain[0], signature, head)


def _chain_flaw(
    chain: Sequence[Certificate], roots: Sequence[Certificate], at: float | None
) -> str:
    wrong = flaw_of(chain, roots, at)
    if wrong:
        return str(wrong)
    if not _may_sign(chain[0].x509):
        return f"certificate {chain[0].subject} is not for signing firmware"
    return ""


def _signature_flaw(signer: Certificate, signature: bytes, head: bytes) -> str:
    good = verified(signer.x509.public_key(), signature, hashlib.sha256(head).digest(), (PSS,))
    return "" if good else "the signature does not belong to the package"


def _may_sign(it: x509.Certificate) -> bool:
    """Tell whether nothing in a certificate says that its key is for something else."""
    return _signs(it) and _signs_code(it)


def _signs(it: x509.Certificate) -> bool:
    try:
        usage = it.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature


def _signs_code(it: x509.Certificate) -> bool:
    try:
        purposes = it.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return ExtendedKeyUsageOID.CODE_SIGNING in purposes
