"""What every `Vault` must do, wherever it keeps things."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from laadpaal.ports.errors import VaultFailed, VaultFull
from laadpaal.ports.vault import MOST_ROOTS, Use, Vault
from laadpaal.station.words import ShownTo
from tests.support.certificates import EXPIRED, FUTURE, VALID, Life, Made, root

Open = Callable[[], Vault]
"""Opens the same vault again, as after a restart; each test begins with an empty one."""

CSMS, MAKER = Use.CSMS_ROOT, Use.MANUFACTURER_ROOT
CSMS_OWN, FOR_VEHICLES = ShownTo.CSMS, ShownTo.VEHICLES


def check_roots(again: Open) -> None:
    """Keep roots by use in their order, once each, until they are removed."""
    first, second, maker = root("first"), root("second"), root("maker")
    again().add_root(CSMS, first.pem)
    again().add_root(MAKER, maker.pem)
    again().add_root(CSMS, second.pem)
    again().add_root(CSMS, first.pem)
    kept = (again().roots(CSMS), again().roots(MAKER))
    removed = (again().remove_root(CSMS, first.pem), again().remove_root(CSMS, first.pem))
    left = (again().roots(CSMS), again().roots(MAKER))

    assert kept == ((first.pem, second.pem), (maker.pem,))
    assert removed == (True, False)
    assert left == ((second.pem,), (maker.pem,))
    assert not again().remove_root(CSMS, maker.pem)


def check_what_is_no_root(again: Open) -> None:
    """Refuse a text that is not one certificate, and change nothing."""
    good = root("good")
    again().add_root(CSMS, good.pem)
    for text in ("", "certificate", good.pem + root("other").pem):
        with pytest.raises(VaultFailed, match="It is no root"):
            again().add_root(CSMS, text)
        assert not again().remove_root(CSMS, text)

    assert again().roots(CSMS) == (good.pem,)


def check_room(again: Open) -> None:
    """Have room for `MOST_ROOTS` of all uses together."""
    made = [root(f"number {number}") for number in range(MOST_ROOTS + 1)]
    again().add_root(MAKER, made[0].pem)
    for one in made[1:-1]:
        again().add_root(CSMS, one.pem)
    with pytest.raises(VaultFull):
        again().add_root(CSMS, made[-1].pem)
    again().add_root(CSMS, made[1].pem)  # is there already
    again().remove_root(MAKER, made[0].pem)
    again().add_root(CSMS, made[-1].pem)

    assert again().roots(CSMS) == tuple(one.pem for one in made[1:])


def check_request(again: Open) -> None:
    """Ask for what was said, and make the answer the station's certificate."""
    authority = root("authority").issue("middle", authority=True)
    asked = again().begin_request("LP1", "Owner")
    wanted = x509.load_pem_x509_csr(asked.encode())
    answer = authority.issue("LP1", public=wanted)
    before = again().identities()
    taken = again().complete_request(answer.chain)
    (identity,) = again().identities()
    key = load_pem_private_key(identity.key_file.read_bytes(), None)

    assert wanted.is_signature_valid
    assert wanted.subject.rfc4514_string() == "O=Owner,CN=LP1"
    assert before == ()
    assert taken
    assert identity.chain == answer.chain == identity.chain_file.read_text()
    assert key.public_key() == answer.certificate.public_key()
    assert not again().complete_request(answer.chain)


def check_wrong_answers(again: Open) -> None:
    """Leave the request open, and all else alone, for what does not answer it."""
    authority = root("authority")
    early = again().complete_request(authority.issue("LP1").chain)
    given_up = x509.load_pem_x509_csr(again().begin_request("LP1", "Owner").encode())
    wanted = x509.load_pem_x509_csr(again().begin_request("LP1", "Owner").encode())
    with pytest.raises(VaultFailed, match="There can be no request"):
        again().begin_request("", "Owner")
    wrong = [
        again().complete_request("no chain"),
        again().complete_request(authority.issue("LP1").chain),
        again().complete_request(authority.issue("LP1", public=given_up).chain),
    ]
    nothing = again().identities()
    right = again().complete_request(authority.issue("LP1", public=wanted).chain)

    assert (early, wrong) == (False, [False, False, False])
    assert nothing == ()
    assert right


def check_newest_first(again: Open) -> None:
    """Put the newest `notBefore` first, whatever came first; let the oldest go."""
    authority = root("authority")

    def renewed(life: Life) -> Made:
        wanted = x509.load_pem_x509_csr(again().begin_request("LP1", "Owner").encode())
        made = authority.issue("LP1", life, public=wanted)
        assert again().complete_request(made.chain)
        return made

    middle, newest = renewed(VALID), renewed(FUTURE)
    two = [it.chain for it in again().identities()]
    later = renewed(EXPIRED)
    three = [it.chain for it in again().identities()]
    last = renewed(FUTURE)
    left = [it.chain for it in again().identities()]

    assert two == [newest.chain, middle.chain]
    assert three == [newest.chain, later.chain, middle.chain]
    assert left == [last.chain, newest.chain, later.chain]


def check_signers(again: Open) -> None:
    """Remember who has signed a root, also when that one is gone; nobody else signs itself."""
    first = root("first")
    second = first.issue("second", authority=True)
    stranger = root("other").issue("stranger", authority=True)
    for made in (first, second, stranger):
        again().add_root(CSMS, made.pem)
    again().remove_root(CSMS, first.pem)
    known = [again().signer(CSMS, made.pem) for made in (first, second, stranger)]
    again().remove_root(CSMS, second.pem)
    again().add_root(CSMS, second.pem)

    assert known == ["", first.pem, ""]
    assert again().signer(CSMS, second.pem) == ""
    assert again().signer(MAKER, second.pem) == ""


def check_removal(again: Open) -> None:
    """Forget a certificate of the station's own for good, and no other."""
    authority = root("authority")
    made = []
    for _ in range(2):
        wanted = x509.load_pem_x509_csr(again().begin_request("LP1", "Owner").encode())
        made.append(authority.issue("LP1", public=wanted))
        again().complete_request(made[-1].chain)
    newest, oldest = again().identities()
    removed = [again().remove_identity(CSMS_OWN, newest.fingerprint) for _ in range(2)]

    assert removed == [True, False]
    assert again().identities() == (oldest,)
    assert not again().remove_identity(FOR_VEHICLES, oldest.fingerprint)


def check_each_kind(again: Open) -> None:
    """Keep what the CSMS is shown and what vehicles are shown apart."""
    authority = root("authority")
    for_csms = x509.load_pem_x509_csr(again().begin_request("LP1", "Owner").encode())
    asked = again().begin_request("LP1", "Owner", FOR_VEHICLES)
    for_vehicles = x509.load_pem_x509_csr(asked.encode())
    made = authority.issue("LP1", public=for_vehicles)
    crossed = again().complete_request(made.chain)
    taken = again().complete_request(made.chain, FOR_VEHICLES)
    again().complete_request(authority.issue("LP1", public=for_csms).chain)

    assert (crossed, taken) == (False, True)
    assert [it.chain for it in again().identities(FOR_VEHICLES)] == [made.chain]
    assert len(again().identities()) == 1


def check_one_for_vehicles(again: Open) -> None:
    """Let what came last take the place of the one before, unless its time began earlier."""
    authority = root("authority")
    kept = []
    for life in (VALID, FUTURE, VALID):
        asked = again().begin_request("LP1", "Owner", FOR_VEHICLES)
        made = authority.issue("LP1", life, public=x509.load_pem_x509_csr(asked.encode()))
        again().complete_request(made.chain, FOR_VEHICLES)
        kept.append([it.chain == made.chain for it in again().identities(FOR_VEHICLES)])

    assert kept == [[True], [True], [False, True]]


def check_repetition(again: Open) -> None:
    """Repeat an open request with its key; where none is open, begin one."""
    authority = root("authority")
    begun = again().begin_request("LP1", "Owner", fresh=False)
    repeated = again().begin_request("LP1", "Owner", fresh=False)
    anew = again().begin_request("LP1", "Owner")
    keys = [x509.load_pem_x509_csr(one.encode()).public_key() for one in (begun, repeated, anew)]
    late = x509.load_pem_x509_csr(repeated.encode())

    assert keys[0] == keys[1] != keys[2]
    assert not again().complete_request(authority.issue("LP1", public=late).chain)


CHECKS = (
    check_signers,
    check_removal,
    check_each_kind,
    check_one_for_vehicles,
    check_repetition,
    check_roots,
    check_what_is_no_root,
    check_room,
    check_request,
    check_wrong_answers,
    check_newest_first,
)
"""Every promise of the port."""
