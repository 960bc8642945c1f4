"""How a certificate is named without sending it: hashes of its issuer, and its number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp

from laadpaal.protocols.pki.certificate import Certificate


class HashAlgorithm(Enum):
    """The hashes in use, spelled as in both versions of OCPP."""

    SHA256 = "SHA256"
    SHA384 = "SHA384"
    SHA512 = "SHA512"


_HASHES: dict[HashAlgorithm, hashes.HashAlgorithm] = {
    HashAlgorithm.SHA256: hashes.SHA256(),
    HashAlgorithm.SHA384: hashes.SHA384(),
    HashAlgorithm.SHA512: hashes.SHA512(),
}


@dataclass(frozen=True, slots=True)
class HashData:
    """A certificate's identifier as in RFC 6960, section 4.1.1; all in lower-case hex.

    Args:
        issuer_name_hash: Of the DER of the issuer's name.
        issuer_key_hash: Of the bits of the issuer's public key, without tag and length.
        serial: Without leading zeros.
    """

    algorithm: HashAlgorithm
    issuer_name_hash: str
    issuer_key_hash: str
    serial: str


def hash_data(
    certificate: Certificate,
    issuer: Certificate | None = None,
    algorithm: HashAlgorithm = HashAlgorithm.SHA256,
) -> HashData:
    """Return the identifier of a certificate; without `issuer`, it is its own, as a root is."""
    above = issuer or certificate
    asked = (
        ocsp.OCSPRequestBuilder()
        .add_certificate(certificate.x509, above.x509, _HASHES[algorithm])
        .build()
    )
    return HashData(
        algorithm,
        asked.issuer_name_hash.hex(),
        asked.issuer_key_hash.hex(),
        f"{certificate.x509.serial_number:x}",
    )
