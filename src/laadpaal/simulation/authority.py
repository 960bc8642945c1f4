"""Certificates for simulated servers, their visitors and makers of firmware, made as needed."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "127.0.0.1"
_LIVES = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2120, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Papers:
    """Files of one who can be trusted: the root that vouches, a certificate, and its key."""

    root: Path
    certificate: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        """Return what a server shows, who wants to see a certificate of every visitor."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.certificate, self.key)
        made.load_verify_locations(self.root)
        made.verify_mode = ssl.CERT_REQUIRED
        return made

    def visitor(self) -> ssl.SSLContext:
        """Return what a visitor shows and whom it trusts."""
        made = ssl.create_default_context(cafile=str(self.root))
        made.load_cert_chain(self.certificate, self.key)
        return made


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes firmware: `root` and `chain` in PEM, and the key that signs packages."""

    root: str
    chain: str
    key: ec.EllipticCurvePrivateKey


def maker() -> Maker:
    """Return a new manufacturer of firmware."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = "Simulated manufacturer"
    root = _signed(name, root_key, name, root_key, _authority())
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
    leaf = _signed("Simulated signer", key, name, root_key, (_usage(signs=True), purposes))
    return Maker(_pem(root), _pem(leaf), key)


def papers(folder: Path) -> Papers:
    """Write papers of a new root into a folder; server and visitors may share them."""
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
    root = _signed("Simulated root", root_key, "Simulated root", root_key, _authority())
    leaf = _signed("Simulated provider", key, "Simulated root", root_key, (host,))
    made = Papers(folder / "root.pem", folder / "certificate.pem", folder / "key.pem")
    made.root.write_text(_pem(root))
    made.certificate.write_text(_pem(leaf))
    made.key.touch(mode=0o600)
    made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    more: Sequence[x509.ExtensionType],
) -> x509.Certificate:
    """Return a certificate; what can sign others says so in `more`."""
    authority = any(isinstance(it, x509.KeyUsage) and it.key_cert_sign for it in more)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_LIVES[0])
        .not_valid_after(_LIVES[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(own, critical=False)
        .add_extension(above, critical=False)
    )
    for one in more:
        builder = builder.add_extension(one, critical=isinstance(one, x509.KeyUsage))
    return builder.sign(issuer_key, hashes.SHA256())


def _pem(it: x509.Certificate) -> str:
    return it.public_bytes(Encoding.PEM).decode("ascii")


def _authority() -> tuple[x509.KeyUsage]:
    return (_usage(signs=False),)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """Return that a key signs what is no certificate, or certificates and nothing else."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
