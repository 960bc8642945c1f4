"""What stands in a certificate, and what is none."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, x25519
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from laadpaal.protocols.pki import PkiError, read_chain, read_der, read_one
from tests.support.certificates import EXPIRED, ec_key, root, rsa_key

WEAK_DSA = dsa.generate_private_key(1024).public_key()  # noqa: S505  shall be refused
COMMON = x509.NameAttribute(x509.NameOID.COMMON_NAME, "somebody")


def test_names_dates_and_key_are_read() -> None:
    """As the certificate's maker wrote them."""
    top = root("top", EXPIRED)
    made = top.issue("csms", EXPIRED, hosts=["csms.example", "127.0.0.1", "::1"])
    it = read_one(made.pem)

    assert (it.subject, it.issuer) == ("CN=csms", "CN=top")
    assert (it.common_name, it.organisation) == ("csms", "")
    assert it.hosts == ("csms.example", "127.0.0.1", "::1")
    assert (it.not_before, it.not_after) == (EXPIRED.before, EXPIRED.after)
    assert (it.authority, it.self_signed, it.signed_by(read_one(top.pem))) == (False, False, True)
    assert it.pem == made.pem
    assert read_der(made.certificate.public_bytes(Encoding.DER)) == it


def test_a_chain_keeps_its_order() -> None:
    """Leaf first, as it is sent."""
    leaf = root("top").issue("middle", authority=True).issue("leaf")

    assert [it.subject for it in read_chain(leaf.chain)] == ["CN=leaf", "CN=middle"]


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        ("", "no certificate in PEM"),
        ("a text", "no certificate in PEM"),
        ("-----BEGIN CERTIFICATE-----\n", "no certificate in PEM"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no certificate in PEM"),
        (root("one").pem + root("two").pem, "2 certificates where one is wanted"),
    ],
)
def test_what_is_not_one_certificate_is_refused(pem: str, why: str) -> None:
    """The error says why."""
    with pytest.raises(PkiError, match=why):
        read_one(pem)


def test_what_is_no_der_is_refused() -> None:
    """Bytes of a peer are no reason to fall over."""
    with pytest.raises(PkiError, match="no certificate in DER"):
        read_der(b"bytes")


def test_der_that_nests_for_ever_is_refused() -> None:
    """S14: no depth of sequences exhausts the stack; it takes a while to write, none to refuse."""
    nested = b""
    for _ in range(20_000):
        size = len(nested).to_bytes(3, "big")
        nested = b"\x30\x83" + size + nested

    with pytest.raises(PkiError, match="no certificate in DER"):
        read_der(nested)


def test_a_damaged_certificate_is_read_or_refused() -> None:
    """Whichever bit is wrong, there is no other error."""
    top = root("top", key=rsa_key())
    made = top.issue("csms", hosts=["csms.example", "127.0.0.1"], authority=True, path_length=1)
    der = made.certificate.public_bytes(Encoding.DER)
    refused = 0
    for place, bit in product(range(len(der)), range(8)):
        damaged = bytearray(der)
        damaged[place] ^= 1 << bit
        try:
            read_der(bytes(damaged)).signed_by(read_one(top.pem))
        except PkiError:
            refused += 1

    assert refused > len(der)


def _of(
    key: CertificatePublicKeyTypes,
    *extensions: x509.ExtensionType,
    names: tuple[x509.NameAttribute[str | bytes], ...] = (COMMON,),
) -> str:
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(x509.Name([COMMON]))
        .public_key(key)
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(ec_key(), hashes.SHA256()).public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    ("key", "told", "strong"),
    [
        (rsa_key(2048).public_key(), "RSA 2048", True),
        (rsa_key(1024).public_key(), "RSA 1024", False),
        (ec_key().public_key(), "EC 256", True),
        (ec.generate_private_key(ec.SECP224R1()).public_key(), "EC 224", True),
        (ec.generate_private_key(ec.SECP192R1()).public_key(), "EC 192", False),
        (WEAK_DSA, "DSA 1024", False),
        (ed25519.Ed25519PrivateKey.generate().public_key(), "Ed25519", True),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_the_white_paper_sets_the_least_key(
    key: CertificatePublicKeyTypes,
    told: str,
    strong: bool,  # noqa: FBT001  a table's column
) -> None:
    """RSA and DSA have 2048 bits, and elliptic curves 224."""
    it = read_one(_of(key))

    assert (it.key, it.strong) == (told, strong)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


@pytest.mark.parametrize(
    ("extensions", "authority"),
    [
        ((), False),
        ((x509.BasicConstraints(ca=False, path_length=None),), False),
        ((x509.BasicConstraints(ca=True, path_length=None),), True),
        ((x509.BasicConstraints(ca=True, path_length=None), _usage(signs=True)), True),
        ((x509.BasicConstraints(ca=True, path_length=None), _usage(signs=False)), False),
    ],
)
def test_an_authority_says_so(
    extensions: tuple[x509.ExtensionType, ...],
    authority: bool,  # noqa: FBT001  a table's column
) -> None:
    """Whoever does not say that it may sign others may not."""
    assert read_one(_of(ec_key().public_key(), *extensions)).authority is authority


def test_a_name_may_be_missing() -> None:
    """Then it is empty, and the whole name is told all the same."""
    unique = x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Owner")
    it = read_one(_of(ec_key().public_key(), names=(unique,)))

    assert (it.common_name, it.organisation, it.subject) == ("", "Owner", "O=Owner")


def test_a_key_that_signs_nothing_is_named() -> None:
    """Even a kind that no server can show."""
    key = x25519.X25519PrivateKey.generate().public_key()

    assert read_one(_of(key)).key == "X25519"
