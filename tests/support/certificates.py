"""Certificates for tests, made as they are needed: no key is kept anywhere."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when a certificate is valid."""

    start: dt.datetime
    end: dt.datetime

    @property
    def before(self) -> float:
        """The first second, in UTC seconds."""
        return self.start.timestamp()

    @property
    def after(self) -> float:
        """The last one."""
        return self.end.timestamp()


def _year(year: int) -> dt.datetime:
    return dt.datetime(year, 1, 1, tzinfo=dt.UTC)


VALID = Life(_year(2020), _year(2120))
EXPIRED = Life(_year(2020), _year(2021))
FUTURE = Life(_year(2110), _year(2120))


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate with its key, and who signed it."""

    certificate: x509.Certificate
    key: Key
    issuer: Made | None = None

    @property
    def pem(self) -> str:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def chain(self) -> str:
        """It and all intermediates above it, without the root."""
        above = self.issuer.chain if self.issuer and self.issuer.issuer else ""
        return self.pem + above

    @property
    def subject(self) -> str:
        """Its name as our code tells it."""
        return self.certificate.subject.rfc4514_string()

    def issue(
        self,
        name: str,
        life: Life = VALID,
        *,
        authority: bool = False,
        hosts: Sequence[str] = (),
        key: Key | None = None,
        public: x509.CertificateSigningRequest | None = None,
        path_length: int | None = None,
        organisation: str = "",
    ) -> Made:
        """Sign another; of a request, its key."""
        key = key or ec_key()
        wanted = public.public_key() if public else key.public_key()
        subject = _name(name, organisation)
        builder = _builder(subject, self.certificate.subject, wanted, life)
        builder = _with_keys(builder, wanted, self.key.public_key())
        made = _signed(builder, self.key, authority=authority, hosts=hosts, path_length=path_length)
        return Made(made, key, self)

    def files(self, folder: Path, stem: str) -> tuple[Path, Path]:
        """Write chain and key, and return where."""
        chain, key = folder / f"{stem}.chain.pem", folder / f"{stem}.key.pem"
        chain.write_text(self.chain)
        key.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return chain, key

    def revoking(self, *revoked: Made) -> str:
        """Return its list of revoked certificates, in PEM."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(VALID.start)
            .next_update(VALID.end)
        )
        for made in revoked:
            entry = (
                x509.RevokedCertificateBuilder()
                .serial_number(made.certificate.serial_number)
                .revocation_date(VALID.start)
                .build()
            )
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def ec_key() -> Key:
    """Return a new key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key(bits: int = 2048) -> Key:
    """Return a new RSA key."""
    return rsa.generate_private_key(65537, bits)


def root(name: str, life: Life = VALID, *, key: Key | None = None, authority: bool = True) -> Made:
    """Return a certificate that signs itself."""
    key = key or ec_key()
    public = key.public_key()
    builder = _with_keys(_builder(_name(name), _name(name), public, life), public, public)
    return Made(_signed(builder, key, authority=authority), key)


def chain(lives: dict[str, Life] | None = None, key: Key | None = None) -> tuple[Made, Made]:
    """Return root and leaf, with an intermediate between them, that live so long."""
    by = {"root": VALID, "intermediate": VALID, "leaf": VALID} | (lives or {})
    top = root("top", by["root"])
    middle = top.issue("middle", by["intermediate"], authority=True)
    return top, middle.issue("csms", by["leaf"], hosts=["127.0.0.1"], key=key)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: CertificatePublicKeyTypes, life: Life
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(life.start)
        .not_valid_after(life.end)
    )


def _with_keys(
    builder: x509.CertificateBuilder,
    own: CertificatePublicKeyTypes,
    issuer: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
) -> x509.CertificateBuilder:
    """Name the keys, by which certificates of one name are told apart."""
    theirs = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer)
    ours = x509.SubjectKeyIdentifier.from_public_key(own)
    return builder.add_extension(ours, critical=False).add_extension(theirs, critical=False)


def _signed(
    builder: x509.CertificateBuilder,
    key: Key,
    *,
    authority: bool,
    hosts: Sequence[str] = (),
    path_length: int | None = None,
) -> x509.Certificate:
    basic = x509.BasicConstraints(ca=authority, path_length=path_length)
    builder = builder.add_extension(basic, critical=True)
    if hosts:
        names = x509.SubjectAlternativeName([_host(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256())


def _host(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _name(text: str, organisation: str = "") -> x509.Name:
    names = [x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]
    if organisation:
        names.append(x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(names)
