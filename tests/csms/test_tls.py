"""What TLS goes by: the policies, and what a context is made of."""

from __future__ import annotations

import ssl
import time
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from laadpaal.csms import tls as room
from laadpaal.csms.tls import (
    SUITES,
    TlsPolicy,
    Trust,
    judge,
    missing,
    offering,
    peer_chain,
    roots_of,
)
from laadpaal.protocols.pki import PkiError
from laadpaal.station.moment import Moment
from tests.support.certificates import root

NO_CHECK_TIME = 0x200000
NOW = Moment(0.0, 1_790_000_000.0)
POLICIES = pytest.mark.parametrize("policy", TlsPolicy)


@POLICIES
def test_this_machine_has_every_suite(policy: TlsPolicy) -> None:
    """Otherwise the station would promise what it cannot offer."""
    assert missing(policy) == ()


@POLICIES
def test_nothing_else_is_offered(policy: TlsPolicy) -> None:
    """But for TLS 1.3, which has suites of its own and no old ones."""
    held = {str(it["name"]) for it in offering(policy).get_ciphers()}

    assert {name for name in held if not name.startswith("TLS_")} == set(SUITES[policy])
    assert not [name for name in held if name.endswith("-SHA")]
    assert offering(policy).security_level == 2


@POLICIES
def test_nothing_is_compressed(policy: TlsPolicy) -> None:
    """The length of what is compressed could give away what is in it."""
    assert offering(policy).options & ssl.OP_NO_COMPRESSION


def test_the_old_policy_ends_at_tls_12() -> None:
    """A list of suites would not keep TLS 1.3 away."""
    assert offering(TlsPolicy.RELEASE_412).maximum_version is ssl.TLSVersion.TLSv1_2
    assert {offering(policy).minimum_version for policy in TlsPolicy} == {ssl.TLSVersion.TLSv1_2}


@pytest.mark.parametrize(
    ("suites", "lost"),
    [
        (("AES256-GCM-SHA384", "NO-SUCH-SUITE"), ("NO-SUCH-SUITE",)),
        (("NO-SUCH-SUITE", "NOR-THIS"), ("NO-SUCH-SUITE", "NOR-THIS")),
    ],
)
def test_a_suite_that_is_gone_is_missed(
    suites: tuple[str, ...], lost: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, or all of them."""
    monkeypatch.setitem(SUITES, TlsPolicy.RELEASE_412, suites)

    assert missing(TlsPolicy.RELEASE_412) == lost


@pytest.mark.parametrize(
    ("ahead_s", "trusted", "machine_judges"),
    [(0.0, True, True), (0.0, False, False), (3600.0, True, False), (-3600.0, True, False)],
)
def test_the_machines_clock_judges_only_where_it_agrees(
    ahead_s: float,
    trusted: bool,  # noqa: FBT001  a table's column
    machine_judges: bool,  # noqa: FBT001  a table's column
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise the TLS library leaves dates alone, and the station's clock judges."""
    monkeypatch.setattr(time, "time", lambda: NOW.utc)
    made = Trust().context(lambda: Moment(0.0, NOW.utc + ahead_s, trusted))

    assert bool(made.verify_flags & NO_CHECK_TIME) is not machine_judges


def test_no_chain_ends_at_an_intermediate() -> None:
    """Whatever the default of this Python is."""
    assert not Trust().context(lambda: NOW).verify_flags & 0x80000


def test_a_chain_ends_at_a_root_of_ours_where_that_is_wanted(tmp_path: Path) -> None:
    """Never at one of the operating system that another has signed."""
    file = tmp_path / "root.pem"
    file.write_text(root("old").issue("new", authority=True).pem)
    ours, systems = Trust(ca_file=str(file), signed_roots=True), Trust(signed_roots=True)

    assert ours.context(lambda: NOW).partial
    assert not replace(ours, signed_roots=False).context(lambda: NOW).partial
    assert not systems.context(lambda: NOW).partial


@pytest.mark.parametrize(
    ("named", "wildcards", "well"),
    [
        ("csms.laad.example", False, True),
        ("*.laad.example", True, True),
        ("*.laad.example", False, False),
        ("c*.laad.example", True, False),
    ],
)
def test_a_certificate_of_every_host_is_taken_where_that_is_allowed(
    named: str, *, wildcards: bool, well: bool, tmp_path: Path
) -> None:
    """One that names the host is taken anyway, and one of half a name never."""
    top = root("top")
    (tmp_path / "top.pem").write_text(top.pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(*top.issue("csms", hosts=[named]).files(tmp_path, "csms"))
    trust = Trust(ca_file=str(tmp_path / "top.pem"), wildcards=wildcards)

    assert _shaken(trust.context(lambda: NOW), server) is well


def _shaken(ours: ssl.SSLContext, theirs: ssl.SSLContext) -> bool:
    """Tell whether a handshake in memory gets as far as that we accept the server."""
    out, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ours.wrap_bio(back, out, server_hostname="csms.laad.example")
    server = theirs.wrap_bio(out, back, server_side=True)
    for side in (client, server, client):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError:
            return False
    return True


def test_without_roots_of_ours_the_systems_are_trusted(tmp_path: Path) -> None:
    """And with one, only that."""
    file = tmp_path / "root.pem"
    file.write_text(root("ours").pem)
    ours = Trust(ca_file=str(file)).context(lambda: NOW)

    assert [it.subject for it in roots_of(ours)] == ["CN=ours"]
    assert "CN=ours" not in {it.subject for it in roots_of(Trust().context(lambda: NOW))}


def test_a_list_of_revoked_certificates_is_asked(tmp_path: Path) -> None:
    """Of leaves, where there is one."""
    top = root("top")
    file = tmp_path / "crl.pem"
    file.write_text(top.revoking())
    with_list = Trust(crl_file=str(file)).context(lambda: NOW)

    assert with_list.verify_flags & ssl.VERIFY_CRL_CHECK_LEAF
    assert not Trust().context(lambda: NOW).verify_flags & ssl.VERIFY_CRL_CHECK_LEAF


def test_only_a_context_of_ours_is_judged() -> None:
    """Another's owner has judged by other rules; and without a clock there is nothing to say."""
    doubtful = Trust().context(lambda: Moment(0.0, NOW.utc, trusted=False))
    for context in (ssl.create_default_context(), offering(TlsPolicy.MODERN), doubtful):
        judge(context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="x"))


def test_a_chain_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the TLS library makes of it."""
    made = Trust().context(lambda: NOW)
    tls = made.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="x")

    def broken(_tls: ssl.SSLObject, _way: str) -> None:
        raise PkiError("no certificate in DER that can be read")

    monkeypatch.setattr(room, "_chain", broken)
    with pytest.raises(ssl.SSLCertVerificationError, match="no certificate in DER"):
        judge(tls)


def test_a_newer_python_gives_the_chain_openly() -> None:
    """From 3.13 on there is a method for it, which is used where it is there."""
    made = root("ours")
    der = made.certificate.public_bytes(Encoding.DER)

    class Newer(ssl.SSLObject):
        def get_unverified_chain(self) -> list[bytes]:
            return [der]

    (found,) = peer_chain(Newer.__new__(Newer))

    assert found.pem == made.pem


def test_a_root_that_cannot_be_read_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are."""
    made = Trust().context(lambda: NOW)
    made.load_verify_locations(cadata=root("ours").pem)
    whole = made.get_ca_certs(binary_form=True)
    monkeypatch.setattr(type(made), "get_ca_certs", lambda _self, **_form: [*whole, b"garbage"])

    assert len(roots_of(made)) == len(whole)
