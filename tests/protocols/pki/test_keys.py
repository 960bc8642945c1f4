"""The station's own keys, and what it asks for with them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from laadpaal.protocols.pki import (
    PkiError,
    fits,
    key_as_pem,
    new_key,
    read_key,
    read_one,
    signing_request,
)
from tests.support.certificates import root, rsa_key


def test_a_key_is_new_each_time_and_can_be_kept() -> None:
    """On P-256, and the same after reading it back."""
    one, other = new_key(), new_key()
    back = read_key(key_as_pem(one))

    assert isinstance(one.curve, ec.SECP256R1)
    assert one.public_key() != other.public_key()
    assert back.private_numbers() == one.private_numbers()


def test_what_is_no_key_is_refused_without_repeating_it() -> None:
    """Neither another kind of key nor a broken one is taken, and none is quoted."""
    rsa = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    broken = key_as_pem(new_key()).replace("M", "?")
    for text, why in ((rsa, "none on an elliptic curve"), (broken, "no private key in PEM")):
        with pytest.raises(PkiError) as caught:
            read_key(text)
        assert why in str(caught.value)
        assert text.splitlines()[1][:10] not in str(caught.value)


def test_a_request_holds_both_names_and_proves_the_key() -> None:
    """Common name and organisation, signed with the key itself."""
    key = new_key()
    asked = x509.load_pem_x509_csr(signing_request(key, "LP1", "Owner").encode())

    assert asked.subject.rfc4514_string() == "O=Owner,CN=LP1"
    assert asked.is_signature_valid
    assert asked.public_key() == key.public_key()


@pytest.mark.parametrize(("name", "owner"), [("", "Owner"), ("LP1", ""), ("x" * 65, "Owner")])
def test_a_name_that_fits_no_certificate_is_refused(name: str, owner: str) -> None:
    """Empty and too long ones are not asked for."""
    with pytest.raises(PkiError, match="is no name for a certificate"):
        signing_request(new_key(), name, owner)


def test_a_certificate_fits_its_own_key_only() -> None:
    """Whoever answers with a certificate for another key is found out."""
    key = new_key()
    made = read_one(root("top").issue("LP1", key=key).pem)

    assert fits(key, made)
    assert not fits(new_key(), made)
