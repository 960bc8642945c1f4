"""Certificates for simulated servers and those who visit them, made anew and kept nowhere long."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

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


def papers(folder: Path) -> Papers:
    """Write papers of a new root into a folder; server and visitors may share them."""
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _signed("Simulated root", root_key, "Simulated root", root_key, authority=True)
    leaf = _signed("Simulated provider", key, "Simulated root", root_key, authority=False)
    made = Papers(folder / "root.pem", folder / "certificate.pem", folder / "key.pem")
    made.root.write_bytes(root.public_bytes(Encoding.PEM))
    made.certificate.write_bytes(leaf.public_bytes(Encoding.PEM))
    made.key.touch(mode=0o600)
    made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
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
    if authority:
        usage = _usage()
        builder = builder.add_extension(usage, critical=True)
    else:
        builder = builder.add_extension(host, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
