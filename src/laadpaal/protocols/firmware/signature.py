"""Whether a signer has signed a file: RSA or ECDSA over its SHA-256, base64 (white paper L01)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

_DIGEST = Prehashed(hashes.SHA256())
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.AUTO)
_PADDINGS: tuple[padding.AsymmetricPadding, ...] = (
    PSS,
    # What most signing tools do unless told otherwise.
    padding.PKCS1v15(),
)


def signed(certificate: str, signature: str, digest: bytes) -> bool:
    """Tell whether the holder of a certificate in PEM has signed what has that SHA-256."""
    try:
        key = x509.load_pem_x509_certificate(certificate.encode()).public_key()
        raw = b64decode("".join(signature.split()), validate=True)
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return False
    return verified(key, raw, digest, _PADDINGS)


def verified(
    key: CertificatePublicKeyTypes,
    signature: bytes,
    digest: bytes,
    paddings: Sequence[padding.AsymmetricPadding],
) -> bool:
    """Tell whether a key has signed a SHA-256, an RSA key with one of these paddings."""
    match key:
        case rsa.RSAPublicKey():
            return any(_rsa(key, signature, digest, how) for how in paddings)
        case ec.EllipticCurvePublicKey():
            return _ecdsa(key, signature, digest)
        case _:
            return False


def _rsa(
    key: rsa.RSAPublicKey, signature: bytes, digest: bytes, how: padding.AsymmetricPadding
) -> bool:
    try:
        key.verify(signature, digest, how, _DIGEST)
    except InvalidSignature:
        return False
    return True


def _ecdsa(key: ec.EllipticCurvePublicKey, signature: bytes, digest: bytes) -> bool:
    try:
        key.verify(signature, digest, ec.ECDSA(_DIGEST))
    except InvalidSignature:
        return False
    return True
