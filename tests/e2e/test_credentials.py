"""Password and security profile are changed over the air, against real sockets."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509

from laadpaal.csms import talk
from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Use
from laadpaal.properties import comms
from laadpaal.runtime.assembly import LOG, VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from laadpaal.storage.vault import FileVault
from tests.conformance.stage import Ocpp
from tests.runtime.stage import Stage, staged
from tests.support.certificates import EXPIRED, Made, root
from tests.support.scripted import PLAIN, TLS, Csms, scripted
from tests.support.site import serving

IDENTITY = "LP1"
SERIAL = "LP000001"
OLD = b"the-old-password"
NEW = bytes(range(240, 256)) + b"\x00\xff"
"""A password that is no text in any way."""
NEXT, THIRD = b"the-next-password", b"another-password"
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
STARTS = {"1.6": "StartTransaction", "2.0.1": "TransactionEvent"}
"""What tells a start, and in the newer version of all else in a transaction too."""
SPEED = 20.0
BACK_OFF: dict[str, str | int | float | bool] = {"20F6_1": 1, "20F6_2": 0, "20F6_3": 0}
ROOT = "CentralSystemRootCertificate"


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "LINGER_S", 0.2)


@dataclass
class Play:
    """Everybody on stage."""

    csms: Csms
    stage: Stage
    authority: Made
    folder: Path

    def security(self) -> tuple[int, bool]:
        """Return the profile in force, and whether it is on trial."""
        seen = self.stage.running.view().security
        return seen.profile, seen.on_trial

    async def proven(self, profile: int) -> None:
        """Return once that profile has opened a connection."""
        await self.stage.ear.until(lambda: self.security() == (profile, False))

    async def own_certificate(self, signer: Made) -> str:
        """Have the station ask for a certificate, and sign it."""
        await self.csms.put("CpoName", "Laad NV")
        before = len(self.csms.told("SignCertificate"))
        await self.csms.call(
            "ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate"
        )
        await self.csms.until(lambda: len(self.csms.told("SignCertificate")) > before)
        request = self.csms.told("SignCertificate")[-1]["csr"].encode()
        chain = signer.issue(SERIAL, public=x509.load_pem_x509_csr(request)).chain
        return await self.csms.status("CertificateSigned", certificateChain=chain)

    def own(self) -> list[str]:
        """Return the fingerprints of the station's own certificates."""
        vault = FileVault(self.folder / VAULT, logging.getLogger("laadpaal.test.vault"))
        return [it.fingerprint for it in vault.identities()]

    def logged(self, kind: SecurityKind) -> list[str]:
        """Return what the security log says of one kind."""
        return [event.info for event in self.stage.ear.all(SecurityEvent) if event.kind is kind]


def server(
    made: Made, folder: Path, clients: Made | None = None, *, wanted: bool = True
) -> ssl.SSLContext:
    """Return the server's side of TLS; with `clients` a certificate must be signed by that.

    Unless one is `wanted`, it is judged when it is shown, and not missed.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*made.issue("csms", hosts=["127.0.0.1"]).files(folder, "csms"))
    if clients:
        context.load_verify_locations(cadata=clients.pem)
        context.verify_mode = ssl.CERT_REQUIRED if wanted else ssl.CERT_OPTIONAL
    return context


@asynccontextmanager
async def playing(
    folder: Path,
    password: bytes = b"",
    profile: int = 0,
    *,
    signed_roots: bool = False,
    ocpp: Ocpp = "1.6",
) -> AsyncIterator[Play]:
    """Run a CSMS and a station that it knows by a password, or not at all."""
    authority = root("authority")
    async with scripted(server(authority, folder), ocpp) as csms:
        if password:
            csms.passwords = {PLAIN: {password}, TLS: {password}}
        config = Config(
            csms=CsmsTable(
                url=csms.urls[PLAIN],
                secure_url=csms.urls[TLS],
                ocpp=ocpp,
                identity=IDENTITY,
                password=password.decode(),
                echo=False,
            ),
            api=None,
            folder=str(folder / "station"),
            settings=BACK_OFF | {"2726_0": signed_roots},
        )
        async with staged(config, RealClock(SPEED)) as stage:
            play = Play(csms, stage, authority, folder / "station")
            await csms.connections(1)
            if profile > 1:
                await csms.status(
                    "InstallCertificate", certificateType=ROOT, certificate=authority.pem
                )
                await csms.put("SecurityProfile", "2")
                await csms.connections(2)
                await play.proven(2)
            yield play


async def test_the_profile_is_raised_over_the_air(tmp_path: Path) -> None:
    """From nothing by a password and TLS to a certificate, each step asked for; and never back."""
    async with playing(tmp_path) as play:
        csms = play.csms
        csms.passwords = {PLAIN: {NEW}, TLS: {NEW}}
        assert await csms.put("SecurityProfile", "1") == "Rejected"
        assert await csms.put("AuthorizationKey", NEW.hex()) == "Accepted"
        assert await csms.connections(2) == (PLAIN, NEW)
        await play.proven(0)
        assert await csms.put("SecurityProfile", "1") == "Accepted"
        assert await csms.connections(3) == (PLAIN, NEW)
        await play.proven(1)

        assert await csms.put("SecurityProfile", "2") == "Rejected"
        authority = play.authority
        installed = await csms.status(
            "InstallCertificate", certificateType=ROOT, certificate=authority.pem
        )
        assert installed == "Accepted"
        assert await csms.put("SecurityProfile", "2") == "Accepted"
        assert await csms.connections(4) == (TLS, NEW)
        await play.proven(2)

        assert await csms.put("SecurityProfile", "3") == "Rejected"
        assert await play.own_certificate(authority) == "Accepted"
        csms.tls.tls, csms.passwords = (
            server(authority, tmp_path, authority),
            {TLS: {None}, PLAIN: set()},
        )
        assert await csms.put("SecurityProfile", "3") == "Accepted"
        assert await csms.connections(5) == (TLS, None)
        await play.proven(3)

        assert await csms.put("SecurityProfile", "2") == "Rejected"
        assert await csms.status("Reset", type="Hard") == "Accepted"
        assert await csms.connections(6) == (TLS, None)
        await csms.until(lambda: len(csms.told("BootNotification")) == 2)

    assert csms.refused == []


@pytest.mark.parametrize("reset", [True, False])
async def test_a_reset_right_after_the_answer_changes_nothing(
    tmp_path: Path, *, reset: bool
) -> None:
    """The station answers it before it hangs up, and starts anew with the new profile."""
    async with playing(tmp_path, OLD) as play:
        csms = play.csms
        await csms.status(
            "InstallCertificate", certificateType=ROOT, certificate=play.authority.pem
        )
        assert await csms.put("SecurityProfile", "2") == "Accepted"
        if not reset:
            assert await csms.connections(2) == (TLS, OLD)
        assert await csms.status("Reset", type="Hard") == "Accepted"
        await csms.until(lambda: len(csms.told("BootNotification")) == 2)
        await play.stage.life(2)
        await play.proven(2)

    assert {port for port, _ in csms.opened[1:]} == {TLS}
    assert csms.refused == []


@BOTH
async def test_a_password_is_changed_twice(tmp_path: Path, ocpp: Ocpp) -> None:
    """Each time the station comes back with the new one by itself, without a new boot."""
    async with playing(tmp_path, OLD, ocpp=ocpp) as play:
        csms = play.csms
        for number, password in enumerate((NEXT, THIRD), 2):
            csms.passwords[PLAIN] = {password}
            assert await csms.put_password(password) == "Accepted"
            assert await csms.connections(number) == (PLAIN, password)
            await play.proven(1)

    assert csms.refused == []
    assert len(csms.told("BootNotification")) == 1


@BOTH
async def test_a_password_that_is_refused_is_given_up(tmp_path: Path, ocpp: Ocpp) -> None:
    """The old one is back by itself, and a transaction that began meanwhile is not lost."""
    async with playing(tmp_path, OLD, ocpp=ocpp) as play:
        csms, start = play.csms, STARTS[ocpp]
        assert await csms.put_password(NEXT) == "Accepted"
        play.stage.bench.plug(1, 32.0)
        play.stage.bench.swipe("04A1B2C3", 0)
        assert await csms.connections(2) == (PLAIN, OLD)
        await csms.until(lambda: csms.told(start))
        await play.proven(1)
        password = play.stage.running.values[comms.PASSWORD].raw()

    assert csms.refused == [(PLAIN, NEXT)]
    assert password == OLD
    starts = [one for one in csms.told(start) if one.get("eventType") in {None, "Started"}]
    assert len(starts) == 1
    assert any("the password is refused" in i for i in play.logged(SecurityKind.CSMS_LOGIN_FAILED))


async def test_a_csms_that_nobody_trusts_is_given_up(tmp_path: Path) -> None:
    """Its certificate leads to no root that is installed, so the old profile is back."""
    async with playing(tmp_path, OLD) as play:
        csms, other = play.csms, root("other")
        await csms.status("InstallCertificate", certificateType=ROOT, certificate=other.pem)
        assert await csms.put("SecurityProfile", "2") == "Accepted"
        assert await csms.connections(2) == (PLAIN, OLD)
        await csms.until(lambda: "InvalidCentralSystemCertificate" in csms.events())
        await play.proven(1)
        told = (await csms.call("GetConfiguration", key=["SecurityProfile"]))["configurationKey"]

    assert told == [{"key": "SecurityProfile", "readonly": False, "value": "1"}]
    assert csms.refused == []


async def test_a_station_that_the_csms_does_not_trust_goes_back(tmp_path: Path) -> None:
    """Its certificate is refused, so it shows its password again."""
    async with playing(tmp_path, OLD, profile=2) as play:
        csms = play.csms
        assert await play.own_certificate(play.authority) == "Accepted"
        csms.tls.tls = server(play.authority, tmp_path, root("stranger"), wanted=False)
        assert await csms.put("SecurityProfile", "3") == "Accepted"
        await play.stage.ear.until(lambda: play.security() == (3, True))
        assert await csms.connections(3) == (TLS, OLD)
        await play.stage.ear.until(lambda: play.security() == (2, False))

    assert csms.refused == []


async def test_a_new_certificate_is_shown_and_a_refused_one_is_not(tmp_path: Path) -> None:
    """In profile 3 the station dials anew to show it, and keeps the last one that is good.

    The refused one is deleted, and the CSMS told of it (2.0.1 A02).
    """
    async with playing(tmp_path, OLD, profile=2) as play:
        csms, ours = play.csms, play.authority
        assert await play.own_certificate(ours) == "Accepted"
        csms.tls.tls, csms.passwords[TLS] = server(ours, tmp_path, ours), {None}
        await csms.put("SecurityProfile", "3")
        await csms.connections(3)
        await play.proven(3)

        values, other = play.stage.running.values, root("other")
        first = values[comms.IDENTITY]
        await csms.status("InstallCertificate", certificateType=ROOT, certificate=other.pem)
        assert await play.own_certificate(other) == "Accepted"
        assert await csms.connections(4) == (TLS, None)
        await play.proven(3)
        await csms.until(lambda: "DiscardedRenewedClientCertificate" in csms.events())
        spurned = values[comms.SPURNED_IDENTITY]
        shown, kept = values[comms.IDENTITY], play.own()

        assert await play.own_certificate(ours) == "Accepted"
        assert await csms.connections(5) == (TLS, None)
        await play.proven(3)

        left = play.own()

    assert (shown, spurned, kept) == (first, "", [first])
    assert len(left) == 1
    assert left != kept


@BOTH
@pytest.mark.parametrize("good", [True, False])
async def test_a_power_cut_within_a_change_loses_nothing(
    tmp_path: Path, ocpp: Ocpp, *, good: bool
) -> None:
    """The next life dials with what was accepted, and can still go back."""
    async with playing(tmp_path, OLD, ocpp=ocpp) as play:
        csms = play.csms
        csms.passwords[PLAIN] = {NEXT} if good else {OLD}
        assert await csms.put_password(NEXT) == "Accepted"
        await play.stage.running.cut_power()
        assert await csms.connections(2) == (PLAIN, NEXT if good else OLD)
        await play.proven(1)

    assert csms.refused == ([] if good else [(PLAIN, NEXT)])


async def installed(csms: Csms) -> set[int]:
    """Return the numbers of the roots that the station names."""
    answer = await csms.call("GetInstalledCertificateIds", certificateType=ROOT)
    return {int(named["serialNumber"], 16) for named in answer["certificateHashData"]}


async def test_a_root_takes_the_place_of_the_one_that_signed_it(tmp_path: Path) -> None:
    """The old one stays until the CSMS is known by the new one, whatever happens meanwhile.

    Then the new one vouches alone, for places of files too.
    """
    async with playing(tmp_path, OLD, profile=2, signed_roots=True) as play:
        csms, old = play.csms, play.authority
        new = old.issue("new", authority=True)
        both = {made.certificate.serial_number for made in (old, new)}
        stranger = root("stranger").pem
        refused = await csms.status(
            "InstallCertificate", certificateType=ROOT, certificate=stranger
        )
        taken = await csms.status("InstallCertificate", certificateType=ROOT, certificate=new.pem)
        assert (refused, taken) == ("Rejected", "Accepted")
        assert await installed(csms) == both

        await play.stage.running.cut_power()
        await csms.connections(3)
        assert await installed(csms) == both

        # The server no longer shows anything of the old root.
        tls = csms.tls.tls = server(Made(new.certificate, new.key), tmp_path)
        for number in (4, 5):
            await play.stage.running.cut_power()
            await csms.connections(number)
            assert await installed(csms) == {new.certificate.serial_number}
        async with serving(tls) as site:
            await csms.status(
                "GetLog",
                logType="SecurityLog",
                requestId=1,
                log={"remoteLocation": f"{site.url}/l"},
            )
            await csms.until(lambda: site.received)

    assert csms.refused == []
    assert {port for port, _ in csms.opened[1:]} == {TLS}


async def test_without_the_check_every_root_stays(tmp_path: Path) -> None:
    """No chain that leads to one of them says anything of the others."""
    async with playing(tmp_path, OLD, profile=2) as play:
        csms, other = play.csms, root("other")
        await csms.status("InstallCertificate", certificateType=ROOT, certificate=other.pem)
        csms.tls.tls = server(other, tmp_path)
        await play.stage.running.cut_power()
        await csms.connections(3)

        assert len(await installed(csms)) == 2


async def test_a_root_whose_time_is_over_is_no_way_in(tmp_path: Path) -> None:
    """One that another has signed neither; the fallback still knows its own."""
    async with playing(tmp_path, OLD, profile=2, signed_roots=True) as play:
        csms, old = play.csms, play.authority
        new = old.issue("new", EXPIRED, authority=True)
        (tmp_path / "station" / "vault" / "csms-root-0009.pem").write_text(new.pem)
        csms.tls.tls = server(new, tmp_path)
        await play.stage.running.cut_power()
        why = "certificate has expired: root certificate CN=new has expired (2021-01-01)"
        await play.stage.ear.until(lambda: why in play.logged(SecurityKind.BAD_CSMS_CERTIFICATE))
        csms.tls.tls = server(old, tmp_path)
        await csms.connections(3)
        assert len(await installed(csms)) == 2

    assert csms.refused == []


async def test_a_fallback_that_cannot_be_removed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection does not suffer, and the next one tries again."""
    async with playing(tmp_path, OLD, profile=2, signed_roots=True) as play:
        csms, new = play.csms, play.authority.issue("new", authority=True)
        await csms.status("InstallCertificate", certificateType=ROOT, certificate=new.pem)
        csms.tls.tls = server(new, tmp_path)

        def stuck(_vault: FileVault, _use: Use, pem: str) -> bool:
            raise VaultFailed(pem)

        counts = []
        for number in (3, 4):
            with monkeypatch.context() as patch:
                if number == 3:
                    patch.setattr(FileVault, "remove_root", stuck)
                await play.stage.running.cut_power()
                await csms.connections(number)
                counts.append(len(await installed(csms)))

    assert counts == [2, 1]
    assert "The fallback root stays" in (tmp_path / "station" / LOG).read_text()


async def test_a_request_outlasts_a_power_cut(tmp_path: Path) -> None:
    """The certificate that answers it fits, for its key was kept."""
    async with playing(tmp_path, OLD, profile=2) as play:
        csms = play.csms
        await csms.put("CpoName", "Laad NV")
        await csms.call("ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate")
        await csms.until(lambda: csms.told("SignCertificate"))
        await play.stage.running.cut_power()
        await csms.connections(3)
        request = csms.told("SignCertificate")[-1]["csr"].encode()
        made = play.authority.issue(SERIAL, public=x509.load_pem_x509_csr(request))

        assert await csms.status("CertificateSigned", certificateChain=made.chain) == "Accepted"
