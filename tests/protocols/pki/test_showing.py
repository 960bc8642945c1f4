"""What a server can show of itself, and what it cannot."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from laadpaal.protocols.pki import (
    Names,
    PkiError,
    key_as_pem,
    new_key,
    read_one,
    self_signed,
    showable,
)
from tests.support.certificates import EXPIRED, FUTURE, Made, root, rsa_key

NOW = 1_800_000_000.0
NAMES = Names(("box", "box.local"), ("192.0.2.7", "::1"))


def key_of(made: Made) -> str:
    """Return its key in PEM."""
    return made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def test_our_own_is_its_own_issuer() -> None:
    """On P-256, for all our names, from yesterday and for ten years."""
    key = new_key()

    it = read_one(self_signed(key, "LP000001", NAMES, NOW))

    assert it.self_signed
    assert it.subject == it.issuer == "CN=LP000001"
    assert it.hosts == ("box", "box.local", "192.0.2.7", "::1")
    assert (it.key, it.authority) == ("EC 256", False)
    assert it.x509.signature_hash_algorithm is not None
    assert it.x509.signature_hash_algorithm.name == "sha256"
    assert (it.not_before, it.not_after) == (NOW - 86_400, NOW + 3650 * 86_400)
    assert showable(it.pem, key_as_pem(key), NOW) == (it,)


def test_a_long_name_is_cut() -> None:
    """A certificate has room for 64 characters."""
    it = read_one(self_signed(new_key(), "x" * 70, NAMES, NOW))

    assert it.common_name == "x" * 64


@pytest.mark.parametrize("key", [None, rsa_key()])
def test_what_others_made_can_be_shown(key: object) -> None:
    """With the intermediates, on an elliptic curve or RSA."""
    top = root("top")
    middle = top.issue("middle", authority=True)
    leaf = middle.issue("leaf", key=rsa_key() if key else None)

    shown = showable(leaf.chain, key_of(leaf), NOW)

    assert [one.common_name for one in shown] == ["leaf", "middle"]


def test_the_key_must_be_the_leafs() -> None:
    """Another's is of no use."""
    with pytest.raises(PkiError, match="the key is not that of the first certificate"):
        showable(root("a").pem, key_of(root("b")), NOW)


@pytest.mark.parametrize(
    ("life", "says"), [(EXPIRED, "CN=late has expired"), (FUTURE, "CN=late is not valid yet")]
)
def test_its_time_must_be_now(life: object, says: str) -> None:
    """It says which it is."""
    it = root("late", EXPIRED if life is EXPIRED else FUTURE)

    with pytest.raises(PkiError, match=says):
        showable(it.pem, key_of(it), NOW)


def test_the_key_must_be_strong() -> None:
    """What installers' tools refuse is refused here."""
    weak = root("weak", key=rsa_key(1024))

    with pytest.raises(PkiError, match=r"the key of CN=weak is too weak: RSA 1024"):
        showable(weak.pem, key_of(weak), NOW)


def test_the_chain_must_be_in_order() -> None:
    """Each is signed by the next."""
    leaf, other = root("top").issue("leaf"), root("other")

    with pytest.raises(PkiError, match="CN=other has not signed CN=leaf"):
        showable(leaf.pem + other.pem, key_of(leaf), NOW)


@pytest.mark.parametrize("key", ["", "nothing", "-----BEGIN PRIVATE KEY-----\n-----END"])
def test_what_is_no_key_is_refused(key: str) -> None:
    """Without a word of what it was."""
    with pytest.raises(PkiError, match="no private key in PEM") as refused:
        showable(root("a").pem, key, NOW)

    assert "nothing" not in str(refused.value)


def test_a_key_behind_a_password_is_refused() -> None:
    """Nobody could key it in when the station starts."""
    it = root("a")
    locked = it.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))

    with pytest.raises(PkiError, match="readable without a password"):
        showable(it.pem, locked.decode(), NOW)


def test_a_key_of_another_kind_is_refused() -> None:
    """Not every client could go on with it."""
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    with pytest.raises(PkiError, match="neither RSA nor on an elliptic curve"):
        showable(root("a").pem, pem, NOW)


def test_what_is_no_certificate_is_refused() -> None:
    """Whatever key comes with it."""
    with pytest.raises(PkiError, match="no certificate in PEM"):
        showable("nothing", key_of(root("a")), NOW)
