"""One certificate as we look at it: its names, dates and key."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning

from laadpaal.protocols.pki.errors import PkiError

LEAST_RSA_BITS, LEAST_EC_BITS = 2048, 224
"""Of keys, as the white paper wants them; RSA's holds for DSA too."""
_UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""Whatever the library raises for a damaged certificate."""


@contextmanager
def _tolerant() -> Iterator[None]:
    """Say nothing of a number that is not positive, for old roots have such."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate whose every part we look at could be read.

    Args:
        subject: The whole name, as RFC 4514 writes it; `issuer` likewise.
        common_name: Of the subject, empty for none; `organisation` likewise.
        hosts: The names and addresses it was issued for.
        not_before: First second of its life, in UTC seconds; `not_after` is the last.
        authority: Whether it may sign others.
        path_length: How many intermediates may stand below it; None sets no limit.
        key: Kind and size of its key, such as `EC 256`.
        strong: Whether the key is as long as the white paper wants.
    """

    x509: x509.Certificate
    subject: str
    issuer: str
    common_name: str
    organisation: str
    hosts: tuple[str, ...]
    not_before: float
    not_after: float
    authority: bool
    path_length: int | None
    key: str
    strong: bool

    @property
    def pem(self) -> str:
        """The certificate alone, in PEM."""
        return self.x509.public_bytes(Encoding.PEM).decode("ascii")

    @property
    def self_signed(self) -> bool:
        """Whether its own key has signed it."""
        return self.signed_by(self)

    @_tolerant()
    def signed_by(self, issuer: Certificate) -> bool:
        """Tell whether the issuer's name is the one it gives, and the issuer's key signed it."""
        try:
            self.x509.verify_directly_issued_by(issuer.x509)
        except (*_UNREADABLE, InvalidSignature):
            return False
        return True


@_tolerant()
def read_chain(pem: str) -> tuple[Certificate, ...]:
    """Return all certificates of a PEM text in their order, at least one.

    Raises:
        PkiError: There is none, or one of them cannot be read.
    """
    try:
        found = x509.load_pem_x509_certificates(pem.encode())
    except _UNREADABLE as wrong:
        raise PkiError("no certificate in PEM that can be read") from wrong
    return tuple(_read(one, number) for number, one in enumerate(found, 1))


def read_one(pem: str) -> Certificate:
    """Return the only certificate of a PEM text.

    Raises:
        PkiError: There is none, or more than one, or it cannot be read.
    """
    found = read_chain(pem)
    if len(found) > 1:
        raise PkiError(f"{len(found)} certificates where one is wanted")
    return found[0]


@_tolerant()
def read_der(der: bytes) -> Certificate:
    """Return the certificate of a DER text, as TLS brings it; raises PkiError."""
    try:
        found = x509.load_der_x509_certificate(der)
    except _UNREADABLE as wrong:
        raise PkiError("no certificate in DER that can be read") from wrong
    return _read(found, 1)


def _read(it: x509.Certificate, number: int) -> Certificate:
    try:
        authority, path_length = _authority(it)
        key, strong = _key(it)
        return Certificate(
            x509=it,
            subject=it.subject.rfc4514_string(),
            issuer=it.issuer.rfc4514_string(),
            common_name=_named(it, x509.NameOID.COMMON_NAME),
            organisation=_named(it, x509.NameOID.ORGANIZATION_NAME),
            hosts=_hosts(it),
            not_before=it.not_valid_before_utc.timestamp(),
            not_after=it.not_valid_after_utc.timestamp(),
            authority=authority,
            path_length=path_length,
            key=key,
            strong=strong,
        )
    except _UNREADABLE as wrong:
        raise PkiError(f"certificate {number} cannot be read: {_short(wrong)}") from wrong


def _named(it: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = it.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _hosts(it: x509.Certificate) -> tuple[str, ...]:
    try:
        names = it.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = names.get_values_for_type(x509.IPAddress)
    return (*names.get_values_for_type(x509.DNSName), *map(str, addresses))


def _authority(it: x509.Certificate) -> tuple[bool, int | None]:
    """Return whether it may sign others, and its limit; one that does not say so may not."""
    try:
        basic = it.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False, None
    try:
        usage = it.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return basic.ca, basic.path_length
    return basic.ca and usage.key_cert_sign, basic.path_length


def _key(it: x509.Certificate) -> tuple[str, bool]:
    match it.public_key():
        case rsa.RSAPublicKey() | dsa.DSAPublicKey() as key:
            kind = type(key).__name__[:3]
            return f"{kind} {key.key_size}", key.key_size >= LEAST_RSA_BITS
        case ec.EllipticCurvePublicKey() as key:
            return f"EC {key.key_size}", key.key_size >= LEAST_EC_BITS
        case key:
            return type(key).__name__.removesuffix("PublicKey"), True


def _short(wrong: BaseException) -> str:
    return str(wrong).splitlines()[0][:100] if str(wrong) else type(wrong).__name__
