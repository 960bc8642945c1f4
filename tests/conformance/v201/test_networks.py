"""By which way the station comes, and what it shows there (A00, A01, A05, B09, B10)."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from laadpaal.protocols.ocpp import v201
from tests.conformance.authority import Authority, der
from tests.conformance.stage import IDENTITY
from tests.conformance.v201.stage import ACCEPTED, Stage
from tests.conformance.v201.table import case
from tests.conformance.v201.test_certificates import (
    CHECK_ROOTS,
    CSMS,
    OPERATOR,
    asked,
    authority,
    brought,
    install,
    known,
    line,
    listed,
    peer,
    signed_line,
)
from tests.support.certificates import root
from tests.support.published import broken
from tests.support.scripted_csms import HOST, ScriptedCsms
from tests.support.sought import said

__all__ = ["authority"]

PASSWORD, OTHER = "correct-horse-1234", "battery-staple-é-5678"
WRITABLE = "SecurityCtrlr.BasicAuthPassword"
PROFILE = "SecurityCtrlr.SecurityProfile"
PRIORITY = "OCPPCommCtrlr.NetworkConfigurationPriority"
ATTEMPTS = "OCPPCommCtrlr.NetworkProfileConnectionAttempts"
ACTIVE = "OCPPCommCtrlr.ActiveNetworkProfile"
TIMEOUT = "OCPPCommCtrlr.MessageTimeout[Default]"
BACK_OFF = {
    "OCPPCommCtrlr.RetryBackOffWaitMinimum": 10,
    "OCPPCommCtrlr.RetryBackOffRandomRange": 0,
    "OCPPCommCtrlr.RetryBackOffRepeatTimes": 3,
}
MIN_S = 10.0
HOUR_S = 3_600.0
ORDERED = ("Accepted", "RebootRequired")


def shown(password: str) -> bytes:
    """Return identity and password as a connection shows them."""
    return f"{IDENTITY}:{password}".encode()


async def store(stage: Stage, url: str, security: int = 1, slot: int = 2) -> dict[str, str]:
    """Store a network profile; return the status, and the reason if there is one."""
    answer = await stage.csms.call(
        "SetNetworkProfile",
        configurationSlot=slot,
        connectionData={
            "ocppVersion": "OCPP20",
            "ocppTransport": "JSON",
            "ocppCsmsUrl": url,
            "messageTimeout": 25,
            "securityProfile": security,
            "ocppInterface": "Wired0",
        },
    )
    told = {"status": str(answer["status"])}
    info = answer.get("statusInfo")
    return told | ({"reason": str(info["reasonCode"])} if info else {})


async def order(stage: Stage, slots: str) -> str:
    """Write the priority, and return how that fares."""
    return (await stage.write({PRIORITY: slots}))[PRIORITY]


async def boot(stage: Stage) -> None:
    """Let a station boot that the CSMS knows by its password."""
    stage.csms.password = PASSWORD.encode()
    await stage.power_up(PASSWORD)
    await stage.hear_boot()


@asynccontextmanager
async def behind_tls(stage: Stage, authority: Authority) -> AsyncIterator[None]:
    """Let a station boot that the CSMS knows by its password, over TLS (profile 2)."""
    async with stage.csms.listening(authority.server()) as stage.url:
        await boot(stage)
        yield
        await stage.power_down()


@asynccontextmanager
async def another(stage: Stage, tls: ssl.SSLContext | None = None) -> AsyncIterator[ScriptedCsms]:
    """Have another CSMS, which `stage.url` leads to from here."""
    other = ScriptedCsms(stage.clock, v201.LANGUAGE)
    other.password = PASSWORD.encode()
    async with other.listening(tls) as stage.url:
        yield other
        await stage.power_down()
    assert other.complaints == []
    assert list(broken(other.frames, "2.0.1")) == []


# --- A: passwords ---


@case("TC_A_01_CS")
async def test_tc_a_01_password(stage: Stage) -> None:
    """It is shown as it is, with the identity, which also ends the path."""
    await boot(stage)

    (visit,) = stage.csms.visits
    assert visit.credentials == shown(PASSWORD)
    assert visit.path.rpartition("/")[2] == IDENTITY


@case("TC_A_09_CS")
async def test_tc_a_09_new_password(stage: Stage) -> None:
    """It is accepted, the station hangs up by itself and comes with the new one, unbooted."""
    await boot(stage)

    assert (await stage.write({WRITABLE: OTHER}))[WRITABLE] in ORDERED
    stage.csms.password = OTHER.encode()
    visit = await stage.csms.visited(2)

    assert visit.credentials == shown(OTHER)
    await stage.csms.silence(60.0, "BootNotification")
    async with stage.csms.away():
        pass
    assert {one.credentials for one in stage.csms.visits[1:]} == {shown(OTHER)}


@case("TC_A_10_CS")
@pytest.mark.parametrize("bad", ["too-short-12345", "x" * 65, ""])
async def test_tc_a_10_bad_password(stage: Stage, bad: str) -> None:
    """Too short or too long, it is refused, and the old one is shown on."""
    await boot(stage)

    assert (await stage.write({WRITABLE: bad}))[WRITABLE] == "Rejected"
    async with stage.csms.away():
        pass

    assert {one.credentials for one in stage.csms.visits} == {shown(PASSWORD)}


# --- A: security profiles ---


@case("TC_A_19_CS")
async def test_tc_a_19_up_to_2(stage: Stage, authority: Authority) -> None:
    """After the restart it comes with TLS, and plain text is gone for good."""
    async with stage.csms.listening(authority.server()) as secure:
        await boot(stage)
        assert await store(stage, secure, 2) == ACCEPTED
        assert await order(stage, "2,1") in ORDERED
        assert await stage.read(PROFILE) == "1"
        await stage.reset()
        await stage.hear_boot(reason="RemoteReset")

        assert stage.csms.visits[-1].tls
        assert stage.csms.visits[-1].credentials == shown(PASSWORD)
        assert [await stage.read(name) for name in (PROFILE, PRIORITY, ACTIVE)] == ["2", "2", "2"]
        for _ in range(2):
            async with stage.csms.away():
                await stage.clock.sleep(HOUR_S)
        await stage.cut_power()
        await stage.hear_boot()
        await stage.power_down()

    assert all(visit.tls for visit in stage.csms.visits[1:])


@case("TC_A_19_CS")
async def test_tc_a_19_up_to_3(stage: Stage, authority: Authority) -> None:
    """After the restart its certificate says who it is, and no password is shown."""
    async with behind_tls(stage, authority):
        certificate = await own_certificate(stage, authority)
        tls = authority.server(asks=True)
        tls.verify_mode = ssl.CERT_REQUIRED
        stage.csms.password = None
        async with stage.csms.listening(tls) as strict:
            assert await store(stage, strict, 3) == ACCEPTED
            assert await order(stage, "2,1") in ORDERED
            await stage.reset()
            await stage.hear_boot()

            assert peer(stage) == certificate
            assert stage.csms.visits[-1].credentials is None
            assert [await stage.read(name) for name in (PROFILE, PRIORITY)] == ["3", "2"]
            await stage.power_down()


async def own_certificate(stage: Stage, authority: Authority) -> bytes:
    """Have the station ask for a certificate, bring it, and return it."""
    await stage.configure({OPERATOR: "Example Charging"})
    chain = authority.sign((await asked(stage))["csr"])
    assert await brought(stage, chain) == "Accepted"
    return der(chain)


@case("TC_A_20_CS")
async def test_tc_a_20_without_a_root(stage: Stage) -> None:
    """The profile may be stored, but not be dialled."""
    await boot(stage)

    assert await store(stage, "wss://csms.example", 2) == ACCEPTED
    assert await order(stage, "2,1") == "Rejected"
    assert await stage.read(PRIORITY) == "1"
    await stage.reset()
    await stage.hear_boot()
    assert await stage.read(PROFILE) == "1"


@case("TC_A_21_CS")
async def test_tc_a_21_without_an_own_certificate(stage: Stage, authority: Authority) -> None:
    """The profile may be stored, but not be dialled."""
    async with behind_tls(stage, authority):
        assert await store(stage, "wss://csms.example", 3) == ACCEPTED
        assert await order(stage, "2,1") == "Rejected"
        assert await stage.read(PRIORITY) == "1"


@case("TC_A_22_CS")
async def test_tc_a_22_down(stage: Stage, authority: Authority) -> None:
    """A profile with less security is refused, and nothing changes."""
    async with behind_tls(stage, authority):
        down = {"status": "Rejected", "reason": "NoSecurityDowngrade"}
        assert await store(stage, "ws://csms.example") == down
        assert await order(stage, "2,1") == "Rejected"
        assert await stage.read(PROFILE) == "2"


async def test_down_from_3_where_that_is_allowed(stage: Stage, authority: Authority) -> None:
    """From 3 to 2 and never to 1, once the CSMS has allowed it (errata to A05)."""
    async with (
        known(stage, authority),
        stage.csms.listening(authority.server()) as secure,
    ):
        down = {"status": "Rejected", "reason": "NoSecurityDowngrade"}
        assert await store(stage, secure, 2) == down
        await stage.configure({"SecurityCtrlr.AllowSecurityProfileDowngrade": True})
        assert await store(stage, "ws://csms.example", 1) == down
        assert await store(stage, secure, 2) == ACCEPTED
        await stage.power_down()


# --- B: network profiles ---


@case("TC_B_43_CS")
async def test_tc_b_43_unknown_slot(stage: Stage) -> None:
    """There is no slot 999."""
    await boot(stage)

    told = await store(stage, "ws://csms.example", slot=999)

    assert told == {"status": "Rejected", "reason": "InvalidConfSlot"}


@case("TC_B_45_CS")
async def test_tc_b_45_another_endpoint(stage: Stage, authority: Authority) -> None:
    """After the restart it boots there, says which slot that is, and is gone here."""
    async with behind_tls(stage, authority):
        first = stage.csms
        async with another(stage, authority.server()) as other:
            assert await store(stage, stage.url, 2) == ACCEPTED
            assert await order(stage, "2,1") in ORDERED
            await first.silence(120.0, "BootNotification")
            await stage.reset()
            stage.csms = other
            await stage.hear_boot(reason="RemoteReset")

            assert [await stage.read(name) for name in (ACTIVE, TIMEOUT)] == ["2", "25"]
            assert len(first.visits) == 1
        stage.csms = first


@case("TC_B_46_CS")
async def test_tc_b_46_fallback(stage: Stage, authority: Authority) -> None:
    """Where nobody is, it knocks as often as it is told, and then boots at the next."""
    async with behind_tls(stage, authority), another(stage, authority.server()) as other:
        other.absent = True
        await stage.configure({ATTEMPTS: 2})
        assert await store(stage, stage.url, 2) == ACCEPTED
        assert await order(stage, "2,1") in ORDERED
        await stage.reset()
        await stage.hear_boot(within_s=HOUR_S)

        assert len(other.turned_away) == 2
        assert [await stage.read(name) for name in (ACTIVE, TIMEOUT)] == ["1", "30"]


@case("TC_B_47_CS")
async def test_tc_b_47_fallback_from_a_new_root(stage: Stage, authority: Authority) -> None:
    """A CSMS that its new root does not vouch for is left, and the old root still counts."""
    stage.settings |= CHECK_ROOTS
    new = authority.root.issue("Next root", authority=True)
    async with behind_tls(stage, authority):
        assert await install(stage, CSMS, new.pem) == "Accepted"
        async with another(stage, strange(stage)) as other:
            assert await store(stage, stage.url, 2) == ACCEPTED
            assert await order(stage, "2") in ORDERED
            await stage.reset()
            await stage.hear_boot(within_s=HOUR_S)

            assert other.visits == []
            assert await listed(stage, CSMS) == [
                line(CSMS, authority.root),
                signed_line(new, authority.root),
            ]
            assert await stage.read(ACTIVE) == "1"


def strange(stage: Stage) -> ssl.SSLContext:
    """Return a server's side of TLS that no root of the station vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = root("Stranger").issue("csms", hosts=[HOST])
    context.load_cert_chain(*leaf.files(stage.folder, "strange"))
    return context


@case("TC_B_49_CS")
async def test_tc_b_49_back_to_the_last_good_slot(stage: Stage, authority: Authority) -> None:
    """When nobody answers whom it is told to dial, it goes back to where it was last."""
    async with behind_tls(stage, authority), another(stage, authority.server()) as other:
        other.absent = True
        assert await store(stage, stage.url, 2) == ACCEPTED
        assert await store(stage, stage.url, 2, slot=3) == ACCEPTED
        assert await order(stage, "2,3") in ORDERED
        await stage.reset()
        await stage.hear_boot(within_s=HOUR_S)

        assert len(other.turned_away) == 6
        assert await stage.read(ACTIVE) == "1"
        assert await stage.read(PRIORITY) == "2,3"


@case("TC_B_50_CS")
async def test_tc_b_50_another_csms_with_its_own_root(stage: Stage, authority: Authority) -> None:
    """With the root of the other CSMS, it boots there after the restart."""
    async with behind_tls(stage, authority):
        first, new = stage.csms, root("Other CSMS root")
        assert await install(stage, CSMS, new.pem) == "Accepted"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf = new.issue("csms", hosts=[HOST])
        context.load_cert_chain(*leaf.files(stage.folder, "other"))
        async with another(stage, context) as other:
            assert await store(stage, stage.url, 2) == ACCEPTED
            assert await order(stage, "2,1") in ORDERED
            await stage.reset()
            stage.csms = other
            await stage.hear_boot(reason="RemoteReset")

            assert await stage.read(ACTIVE) == "2"
            assert len(first.visits) == 1
        stage.csms = first


@case("TC_B_57_CS")
async def test_tc_b_57_waiting_longer(stage: Stage) -> None:
    """The first wait is the shortest, each failure doubles it, and a success begins anew."""
    await boot(stage)
    await stage.configure(BACK_OFF)
    csms = stage.csms
    for _ in range(2):
        dropped = stage.clock.now().mono
        csms.absent = True
        csms.hang_up()
        knocks: list[float] = []
        for wait_s in (1, 2, 4, 8, 8):
            turned_away = len(csms.turned_away)
            while len(csms.turned_away) == turned_away:
                await stage.clock.sleep(0.5)
            knocks.append(stage.clock.now().mono)
            since = knocks[-2] if len(knocks) > 1 else dropped
            assert wait_s * MIN_S <= knocks[-1] - since <= wait_s * MIN_S + 2.0
        csms.absent = False
        await csms.visited(len(csms.visits) + 1)
        await csms.silence(60.0, "BootNotification")


async def test_whoever_is_fallen_back_to_hears_a_boot(stage: Stage) -> None:
    """It does not know the station, and no more does the first CSMS after that."""
    await boot(stage)
    first = stage.csms
    async with another(stage) as other:
        assert await store(stage, stage.url) == ACCEPTED
        assert await order(stage, "1,2") in ORDERED
        await stage.reset()
        await stage.hear_boot(reason="RemoteReset")
        first.absent = True
        first.hang_up()
        stage.csms = other
        await stage.hear_boot(reason="Unknown", within_s=HOUR_S)
        first.absent, other.absent = False, True
        other.hang_up()
        stage.csms = first
        await stage.hear_boot(reason="Unknown", within_s=HOUR_S)

    assert len(other.all(said("BootNotification"))) == 1
    assert len(first.all(said("BootNotification"))) == 3


async def test_the_same_slot_hears_no_boot(stage: Stage) -> None:
    """However long nobody was there, who comes back by the same way is known."""
    await boot(stage)
    async with another(stage) as other:
        other.absent = True
        assert await store(stage, stage.url) == ACCEPTED
        assert await order(stage, "1,2") in ORDERED
        await stage.reset()
        await stage.hear_boot()
        async with stage.csms.away():
            await stage.clock.sleep(HOUR_S)
        await stage.csms.silence(60.0, "BootNotification")

    assert other.turned_away
