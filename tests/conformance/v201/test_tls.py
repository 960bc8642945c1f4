"""Whom the station lets be its CSMS, and over which TLS (A00)."""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from laadpaal.ports.vault import Use
from tests.conformance.authority import SUITES, Authority, der
from tests.conformance.stage import IDENTITY
from tests.conformance.v201.stage import Stage
from tests.conformance.v201.table import case
from tests.conformance.v201.test_certificates import known, peer, vault
from tests.support.certificates import EXPIRED, FUTURE, Made, root, rsa_key
from tests.support.front import Front, front, server
from tests.support.scripted_csms import HOST
from tests.support.sought import either, said

PASSWORD = "correct-horse-1234"
NAME = "csms.laad.example"
"""Of the CSMS; it leads to the loopback here."""
PAIRS = {
    "ECDSA": ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"),
    "RSA": ("AES128-GCM-SHA256", "AES256-GCM-SHA384"),
}
AWAY_S = 600.0


@pytest.fixture
def authority(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Have a CSMS whose root and name the station knows."""
    look_up = socket.getaddrinfo

    def looked_up(host: str, *more: Any, **rest: Any) -> Any:
        return look_up(HOST if host == NAME else host, *more, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    made = Authority(stage.folder)
    vault(stage).add_root(Use.CSMS_ROOT, made.root.pem)
    return made


@asynccontextmanager
async def fronted(stage: Stage, tls: ssl.SSLContext) -> AsyncIterator[Front]:
    """Put a TLS front before the CSMS that says alerts, and let the station boot through it."""
    async with front(tls, urlsplit(stage.url).port or 0) as gate:
        stage.url = f"wss://{NAME}:{gate.port}"
        stage.csms.password = PASSWORD.encode()
        await stage.power_up(PASSWORD)
        await stage.hear_boot()
        yield gate
        await stage.power_down()


def good(stage: Stage, signer: Made) -> ssl.SSLContext:
    """Return a server's side that is in order."""
    return server(signer.issue("csms", hosts=[NAME]), stage.folder)


async def refuse(stage: Stage, gate: Front, tls: ssl.SSLContext) -> None:
    """Show the station another side of TLS for a while, in which it says nothing to it."""
    tried, visits, said_before = len(gate.handshakes), len(stage.csms.visits), len(stage.csms.heard)
    gate.tls = tls
    stage.csms.hang_up()
    await stage.clock.sleep(AWAY_S)

    assert len(gate.handshakes) >= tried + 3
    assert len(stage.csms.visits) == visits
    assert len(stage.csms.heard) == said_before


@case("TC_A_04_CS")
@pytest.mark.parametrize("kind", PAIRS)
async def test_tc_a_04_valid_certificate(stage: Stage, authority: Authority, kind: str) -> None:
    """The station comes with TLS 1.2 at least, and has both suites of each pair."""
    key = rsa_key() if kind == "RSA" else None
    leaf = authority.root.issue("csms", hosts=[NAME], key=key)
    async with fronted(stage, server(leaf, stage.folder)) as gate:
        for suite in PAIRS[kind]:
            gate.tls = server(leaf, stage.folder, suite, highest="TLSv1_2")
            async with stage.csms.away():
                pass
        gate.tls = server(leaf, stage.folder, lowest="TLSv1_3")
        async with stage.csms.away():
            pass

    assert [how for how in gate.handshakes if how in SUITES] == list(PAIRS[kind])
    assert len(stage.csms.visits) == 4


@case("TC_A_05_CS")
@pytest.mark.parametrize("flaw", ["expired", "not yet valid", "stranger", "other host", "wildcard"])
async def test_tc_a_05_invalid_certificate(stage: Stage, authority: Authority, flaw: str) -> None:
    """Nothing is said to it, it is tried again and again, and the event comes once it is mended."""
    issue = authority.root.issue
    bad = {
        "expired": issue("csms", EXPIRED, hosts=[NAME]),
        "not yet valid": issue("csms", FUTURE, hosts=[NAME]),
        "stranger": root("Stranger").issue("csms", hosts=[NAME]),
        "other host": issue("csms", hosts=["other.laad.example"]),
        "wildcard": issue("csms", hosts=["*.laad.example"]),
    }[flaw]
    async with fronted(stage, good(stage, authority.root)) as gate:
        await refuse(stage, gate, server(bad, stage.folder))
        gate.tls = good(stage, authority.root)
        await stage.csms.visited(2)
        await stage.csms.skip_to(
            said("SecurityEventNotification", type="InvalidCsmsCertificate"), 120.0
        )


@case("TC_A_06_CS")
async def test_tc_a_06_old_tls(stage: Stage, authority: Authority) -> None:
    """Nothing older than TLS 1.2 is spoken, and after a start in between both events come."""
    leaf = authority.root.issue("csms", hosts=[NAME])
    async with fronted(stage, good(stage, authority.root)) as gate:
        gate.tls = server(leaf, stage.folder, lowest="TLSv1", highest="TLSv1_1")
        await stage.cut_power()
        await refuse(stage, gate, gate.tls)
        gate.tls = good(stage, authority.root)
        await stage.hear_boot(within_s=3_600.0)
        started = either("StartupOfTheDevice", "ResetOrReboot")
        await stage.csms.skip_to(said("SecurityEventNotification", type=started))
        await stage.csms.skip_to(said("SecurityEventNotification", type="InvalidTLSVersion"))


async def test_old_suites_are_told_of(stage: Stage, authority: Authority) -> None:
    """A CSMS that has no suite in common hears of it once it has one (section 6)."""
    leaf = authority.root.issue("csms", hosts=[NAME])
    async with fronted(stage, good(stage, authority.root)) as gate:
        old = server(leaf, stage.folder, "ECDHE-ECDSA-AES128-SHA", highest="TLSv1_2")
        await refuse(stage, gate, old)
        gate.tls = good(stage, authority.root)
        await stage.csms.visited(2)
        await stage.csms.skip_to(
            said("SecurityEventNotification", type="InvalidTLSCipherSuite"), 120.0
        )


@case("TC_A_07_CS")
async def test_tc_a_07_own_certificate(stage: Stage, authority: Authority) -> None:
    """It names the serial number, its key is long enough, and no password is shown beside it."""
    async with known(stage, authority) as made:
        visit = stage.csms.visits[-1]
        assert visit.tls
        suite = visit.tls.cipher()
        certificate = x509.load_pem_x509_certificate(made.encode())
        key, names = certificate.public_key(), certificate.subject
        boot = stage.csms.all(said("BootNotification"))[-1]

        assert peer(stage) == der(made)
        assert visit.credentials is None
        assert suite
        assert visit.tls.version() == "TLSv1.3" or suite[0] in SUITES
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert key.key_size >= 224
        assert names.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == IDENTITY
        assert boot["chargingStation"]["serialNumber"] == IDENTITY
