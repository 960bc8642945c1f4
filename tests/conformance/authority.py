"""Who signs certificates for a CSMS and its stations."""

from __future__ import annotations

import ssl
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.certificates import Made, root
from tests.support.scripted_csms import HOST

SUITES = {
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
}
"""What is allowed below TLS 1.3."""


class Authority:
    """A CSMS with a certificate, behind TLS."""

    def __init__(self, folder: Path) -> None:
        self.root = root("CSMS root")
        self.ca_file = folder / "csms-root.pem"
        self.ca_file.write_text(self.root.pem)
        self.folder = folder

    def server(self, *, asks: bool = False) -> ssl.SSLContext:
        """Return its side of TLS, which may want a certificate of whoever comes."""
        chain, key = self.root.issue("csms", hosts=[HOST]).files(self.folder, "csms")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        if asks:
            context.load_verify_locations(self.ca_file)
            context.verify_mode = ssl.CERT_OPTIONAL
        return context

    def sign(self, csr: str) -> str:
        """Return a certificate for a signing request, in PEM."""
        return sign(self.root, csr)


def sign(signer: Made, csr: str) -> str:
    """Return a certificate for the names of a signing request, with its chain, in PEM."""
    request = x509.load_pem_x509_csr(csr.encode())
    assert request.is_signature_valid
    return signer.issue(
        named(request, x509.NameOID.COMMON_NAME),
        public=request,
        organisation=named(request, x509.NameOID.ORGANIZATION_NAME),
    ).chain


def named(request: x509.CertificateSigningRequest, oid: x509.ObjectIdentifier) -> str:
    """Return one name of a signing request."""
    [name] = request.subject.get_attributes_for_oid(oid)
    return str(name.value)


def der(pem: str) -> bytes:
    """Return the first certificate in bytes."""
    return x509.load_pem_x509_certificate(pem.encode()).public_bytes(Encoding.DER)


def hashed(pem: str, signer: Made) -> dict[str, str]:
    """Return how a certificate is listed: by its issuer's name and key, and its serial number."""
    certificate = x509.load_pem_x509_certificate(pem.encode())
    above = signer.certificate
    key = above.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {
        "hashAlgorithm": "SHA256",
        "issuerNameHash": sha256(above.subject.public_bytes()).hexdigest(),
        "issuerKeyHash": sha256(key).hexdigest(),
        "serialNumber": f"{certificate.serial_number:x}",
    }
