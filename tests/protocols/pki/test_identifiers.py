"""How a certificate is named without sending it."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from laadpaal.protocols.pki import HashAlgorithm, hash_data, read_one
from tests.support.certificates import Made, root, rsa_key


def bits(made: Made) -> bytes:
    """Return the key of a certificate: an RSA key is in its bit string as PKCS#1."""
    return made.key.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)


@pytest.mark.parametrize("algorithm", HashAlgorithm)
def test_the_issuer_is_hashed_and_the_number_is_hex(algorithm: HashAlgorithm) -> None:
    """Name as DER, key as bits without tag and length, number without leading zeros."""
    top = root("top", key=rsa_key())
    leaf = top.issue("leaf")
    found = hash_data(read_one(leaf.pem), read_one(top.pem), algorithm)
    digest = {
        HashAlgorithm.SHA256: hashlib.sha256,
        HashAlgorithm.SHA384: hashlib.sha384,
        HashAlgorithm.SHA512: hashlib.sha512,
    }[algorithm]

    assert found.algorithm is algorithm
    assert found.issuer_name_hash == digest(top.certificate.subject.public_bytes()).hexdigest()
    assert found.issuer_key_hash == digest(bits(top)).hexdigest()
    assert int(found.serial, 16) == leaf.certificate.serial_number
    assert not found.serial.startswith("0")


def test_a_root_is_its_own_issuer() -> None:
    """Without another, a certificate is named by itself, with the shortest hash."""
    top = root("top", key=rsa_key())
    it = read_one(top.pem)

    assert hash_data(it) == hash_data(it, it, HashAlgorithm.SHA256)
    assert hash_data(it).issuer_key_hash == hashlib.sha256(bits(top)).hexdigest()
