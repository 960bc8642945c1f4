"""The doctor finds what is wrong on the way to the CSMS, in every cell of the TLS matrix."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.vault import Use
from laadpaal.properties import comms
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.networks import NETWORK_PRIORITY
from laadpaal.runtime.assembly import DATABASE, VAULT
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, CsmsTable
from laadpaal.runtime.doctor import examined
from laadpaal.runtime.findings import Finding
from laadpaal.station.network_profile import Generation, NetworkProfile
from laadpaal.station.records import NetworkRemoved, NetworkStored, SettingWritten
from laadpaal.storage import Store
from laadpaal.storage.vault import FileVault
from tests.support.certificates import EXPIRED, FUTURE, Made, chain, ec_key, root, rsa_key
from tests.support.front import HOST, front, server

IDENTITY, PASSWORD, WRONG = "LP1", "correct-horse-1234", "battery-staple-56"
LOG = logging.getLogger("laadpaal.test.doctor")
LOG.setLevel(logging.CRITICAL)
RSA = rsa_key()
LIVES = {"expired": EXPIRED, "not yet valid": FUTURE}
POLICIES = pytest.mark.parametrize("policy", ["modern", "4.12"])
SHA1 = ["AES128-SHA", "AES256-SHA", "ECDHE-RSA-AES128-SHA"]


@dataclass
class Practice:
    """Where a doctor looks at one station and one CSMS."""

    folder: Path
    url: str
    office: BackOffice

    async def examine(
        self, clock: RealClock | None = None, settings: Any = None, **table: Any
    ) -> tuple[Finding, ...]:
        """Examine with this in the table `[csms]`."""
        given = {"url": self.url, "identity": IDENTITY, "password": PASSWORD} | table
        config = Config(csms=CsmsTable(**given), folder=str(self.folder), settings=settings or {})
        return await examined(config, clock or RealClock(trusted=True), LOG)

    @property
    def vault(self) -> FileVault:
        """The station's own."""
        return FileVault(self.folder / VAULT, LOG)


@asynccontextmanager
async def practice(folder: Path, tls: ssl.SSLContext, *roots: Made) -> AsyncIterator[Practice]:
    """Run a back office that knows the password, behind this TLS; the station trusts the roots."""
    clock = RealClock(trusted=True)
    policy = Policy(passwords={IDENTITY: PASSWORD})
    async with (
        BackOffice(clock, policy, log=LOG) as office,
        front(tls, int(office.url.split(":")[2].split("/")[0])) as before,
    ):
        made = Practice(folder, before.url, office)
        for one in roots:
            made.vault.add_root(Use.CSMS_ROOT, one.pem)
        yield made


def well(findings: tuple[Finding, ...]) -> list[str]:
    return [it.step for it in findings if it.well]


def last(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Return step and text of the one that is not well, which is the last."""
    assert [it.well for it in findings] == [True] * (len(findings) - 1) + [False]
    return findings[-1].step, findings[-1].detail


@pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
async def test_a_good_way_is_told_step_by_step(ocpp: str, tmp_path: Path) -> None:
    """Name, port, suite, dates, credentials and version."""
    top, leaf = chain()
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        findings = await it.examine(ocpp=ocpp)

    assert [(found.step, found.well) for found in findings] == [
        ("name", True),
        ("TCP", True),
        ("TLS", True),
        ("certificates", True),
        ("credentials", True),
        ("subprotocol", True),
    ]
    details = [found.detail for found in findings]
    assert details[0] == f"{HOST} is {HOST}"
    assert details[2].startswith("TLSv1.3 TLS_")
    assert details[3] == (
        "CN=csms (EC 256) from 2020-01-01 to 2120-01-01; "
        "CN=middle (EC 256) from 2020-01-01 to 2120-01-01"
    )
    assert details[4] == "let in as LP1 with the password"
    assert details[5] == f"ocpp{ocpp}"


async def test_plain_text_has_no_tls_to_look_at(tmp_path: Path) -> None:
    """Without wss two steps are left out."""
    async with practice(tmp_path, server(chain()[1], tmp_path)) as it:
        findings = await it.examine(url=it.office.url)

    assert well(findings) == ["name", "TCP", "credentials", "subprotocol"]


@POLICIES
@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("role", ["root", "intermediate", "leaf"])
async def test_a_wrong_date_is_told_with_its_certificate(
    role: str, life: str, policy: str, tmp_path: Path
) -> None:
    """Which one, its date, all that were sent, and what to do."""
    top, leaf = chain({role: LIVES[life]}, RSA)
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        findings = await it.examine(tls_policy=policy)
    step, detail = last(findings)

    assert step == "certificates"
    assert f"{role} certificate CN=" in detail
    assert ("has expired (2021" if life == "expired" else "is not valid yet (2110") in detail
    assert "sent were CN=csms (RSA 2048) from" in detail
    assert findings[-1].advice


@POLICIES
async def test_a_renewed_root_is_well(policy: str, tmp_path: Path) -> None:
    """Of two roots with one key, that which is valid counts."""
    key = ec_key()
    old, new = root("top", EXPIRED, key=key), root("top", key=key)
    leaf = old.issue("csms", hosts=[HOST], key=RSA)
    async with practice(tmp_path, server(leaf, tmp_path), old, new) as it:
        findings = await it.examine(tls_policy=policy)

    assert all(found.well for found in findings)


@pytest.mark.parametrize("signed", [True, False])
async def test_a_root_that_another_has_signed_counts_where_that_is_set(
    tmp_path: Path, *, signed: bool
) -> None:
    """As it does for the station itself."""
    new = root("old").issue("new", authority=True)
    leaf = new.issue("csms", hosts=[HOST])
    async with practice(tmp_path, server(leaf, tmp_path), new) as it:
        findings = await it.examine(settings={"2726_0": signed})

    assert ("certificates" in well(findings)) is signed


async def test_without_a_clock_the_dates_are_told_and_not_judged(tmp_path: Path) -> None:
    """The station would not judge them either, and says so."""
    top, leaf = chain({"leaf": EXPIRED})
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        findings = await it.examine(RealClock())

    assert all(found.well for found in findings)
    assert "CN=csms (EC 256) from 2020-01-01 to 2021-01-01" in findings[3].detail
    assert findings[3].detail.endswith("nobody vouches for the clock, so dates were not judged")


@POLICIES
@pytest.mark.parametrize(
    ("flaw", "text"),
    [
        ("host", "certificate of another host: leaf certificate CN=csms for 127.0.0.2"),
        ("root", "intermediate certificate CN=middle is signed by nobody we know"),
        ("revoked", "certificate was revoked: leaf certificate CN=csms for 127.0.0.1"),
        ("weak", "leaf certificate CN=csms has a key that is too weak"),
    ],
)
async def test_every_other_flaw_has_its_name(
    flaw: str, text: str, policy: str, tmp_path: Path
) -> None:
    """Nothing of the password is sent to such a server."""
    top = root("top")
    middle = top.issue("middle", authority=True)
    hosts = ["127.0.0.2"] if flaw == "host" else [HOST]
    leaf = middle.issue("csms", hosts=hosts, key=rsa_key(1024) if flaw == "weak" else RSA)
    crl = tmp_path / "crl.pem"
    crl.write_text(middle.revoking(leaf))
    trusted = root("top") if flaw == "root" else top
    async with practice(tmp_path, server(leaf, tmp_path), trusted) as it:
        crl_file = str(crl) if flaw == "revoked" else ""
        findings = await it.examine(crl_file=crl_file, tls_policy=policy)
    step, detail = last(findings)

    assert (step, text in detail) == ("certificates", True)
    assert it.office.record.mark == 0


@pytest.mark.parametrize("policy", ["modern", "4.12"])
@pytest.mark.parametrize("suite", SHA1)
async def test_a_server_with_old_suites_only_will_fail(
    suite: str, policy: str, tmp_path: Path
) -> None:
    """The doctor says which suite it would choose, and that it is refused (S69)."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    async with practice(tmp_path, tls, top) as it:
        findings = await it.examine(tls_policy=policy)
    step, detail = last(findings)

    assert step == "TLS"
    assert detail.endswith(f"the server chooses TLSv1.2 {suite}, which is refused")
    assert "this version of the station will not connect to it any more" in findings[-1].advice
    assert "AES256-GCM-SHA384" in findings[-1].advice


async def test_a_server_with_old_versions_only_will_fail(tmp_path: Path) -> None:
    """TLS 1.1 is told as such."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, lowest="TLSv1", highest="TLSv1_1")
    async with practice(tmp_path, tls, top) as it:
        step, detail = last(await it.examine())

    assert step == "TLS"
    assert detail.startswith("no common TLS version: the server chooses TLSv1.1 ")


@pytest.mark.parametrize("only", ["ECDHE-RSA-AES256-GCM-SHA384", "TLSv1.3"])
async def test_where_the_other_policy_helps_it_is_named(only: str, tmp_path: Path) -> None:
    """A server with nothing but what is newer than 4.12."""
    top, leaf = chain(key=RSA)
    newest = only == "TLSv1.3"
    tls = (
        server(leaf, tmp_path, lowest="TLSv1_3")
        if newest
        else server(leaf, tmp_path, only, highest="TLSv1_2")
    )
    async with practice(tmp_path, tls, top) as it:
        strict, modern = await it.examine(tls_policy="4.12"), await it.examine()

    assert last(strict)[0] == "TLS"
    assert strict[-1].advice == "set tls_policy to modern"
    assert all(found.well for found in modern)


@pytest.mark.parametrize("suite", ["AES256-GCM-SHA384", "AES128-GCM-SHA256", "AES256-SHA256"])
@pytest.mark.parametrize("policy", ["modern", "4.12"])
async def test_each_suite_that_stays_is_well(suite: str, policy: str, tmp_path: Path) -> None:
    """And it is named."""
    top, leaf = chain(key=RSA)
    tls = server(leaf, tmp_path, suite, highest="TLSv1_2")
    async with practice(tmp_path, tls, top) as it:
        findings = await it.examine(tls_policy=policy)

    assert all(found.well for found in findings)
    assert findings[2].detail == f"TLSv1.2 {suite}"


async def test_a_port_without_tls_hangs_up(tmp_path: Path) -> None:
    """Whatever listens there speaks no TLS, old or new."""
    async with practice(tmp_path, server(chain()[1], tmp_path)) as it:
        findings = await it.examine(url=it.office.url.replace("ws:", "wss:"))

    assert last(findings)[0] == "TLS"


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
@pytest.mark.parametrize("ours", ["missing", "wrong", "right"])
async def test_the_stations_own_certificate_is_tried(
    ours: str, version: str, tmp_path: Path
) -> None:
    """In profile 3 it takes the place of the password."""
    top, leaf = chain()
    tls = server(leaf, tmp_path, lowest=version, highest=version)
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_verify_locations(cadata=top.pem)
    async with practice(tmp_path, tls, top) as it:
        it.office.policy = Policy()
        if ours != "missing":
            wanted = x509.load_pem_x509_csr(it.vault.begin_request(IDENTITY, "Owner").encode())
            signer = top if ours == "right" else root("other")
            it.vault.complete_request(signer.issue(IDENTITY, public=wanted).chain)
        findings = await it.examine(password="")

    if ours == "right":
        assert all(found.well for found in findings)
        assert findings[4].detail == "let in as LP1 with its own certificate"
    else:
        step, detail = last(findings)
        assert step == "credentials"
        assert detail.startswith("the station's own certificate is refused")


async def test_wrong_credentials_are_told_apart(tmp_path: Path) -> None:
    """401 is the password, and 404 the identity; neither password is repeated."""
    top, leaf = chain()
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        password = await it.examine(password=WRONG)
        stranger = await it.examine(identity="LP2")
        it.office.policy = Policy(stations=frozenset({"LP9"}))
        unknown = await it.examine()

    assert last(password) == (
        "credentials",
        "the password is refused: server rejected WebSocket connection: HTTP 401",
    )
    assert last(stranger)[0] == "credentials"
    assert last(unknown)[1].startswith("the server does not know this station: ")
    told = repr((password, stranger, unknown))
    assert PASSWORD not in told
    assert WRONG not in told


async def test_the_password_that_the_csms_has_set_counts(tmp_path: Path) -> None:
    """What the station was told later stands in its database, and is looked at there."""
    store = Store.open(tmp_path / DATABASE)
    share = store.station(Config().station.serial)
    row = comms.PASSWORD
    await share.commit([SettingWritten(row.id, 0, row.kind.show(Hidden(PASSWORD)))])
    store.close()
    top, leaf = chain()
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        findings = await it.examine(password=WRONG)

    assert all(found.well for found in findings)


@pytest.mark.parametrize(
    ("status", "step", "text"),
    [
        (None, "subprotocol", "the server does not speak our version: it does not speak ocpp2.0.1"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "websocket", "out of reach: server rejected"),
    ],
)
async def test_a_server_that_is_no_use_is_told(
    status: HTTPStatus | None, step: str, text: str, tmp_path: Path
) -> None:
    """One that lets us in without our version, and one that serves nobody."""

    async def listen(socket: ServerConnection) -> None:
        await socket.wait_closed()

    def judge(socket: ServerConnection, _request: Request) -> Response | None:
        return socket.respond(status, "no") if status else None

    top, leaf = chain()
    async with serve(listen, HOST, 0, process_request=judge, close_timeout=0.2) as plain:
        port = next(iter(plain.sockets)).getsockname()[1]
        async with front(server(leaf, tmp_path), port) as before:
            file = tmp_path / "root.pem"
            file.write_text(top.pem)
            table = CsmsTable(url=before.url, ca_file=str(file))
            config = Config(csms=table, folder=str(tmp_path))
            findings = await examined(config, RealClock(trusted=True), LOG)
    told = last(findings)

    assert (told[0], told[1][: len(text)]) == (step, text)


async def test_nobody_there_is_told(tmp_path: Path) -> None:
    """A name that is none, and a port where nobody listens."""
    async with practice(tmp_path, server(chain()[1], tmp_path)) as it:
        gone = it.office.url
        name = await it.examine(url="wss://no.such.host.invalid/ocpp")
        port = await it.examine(url="wss://host:port/ocpp")
    closed = await it.examine(url=gone)

    assert last(name)[0] == "name"
    assert last(port)[0] == "name"
    assert last(closed)[0] == "TCP"


async def test_a_configuration_without_csms_has_no_way(tmp_path: Path) -> None:
    """Nor one with a file that is not there."""
    nothing = await examined(Config(), RealClock(), LOG)
    async with practice(tmp_path, server(chain()[1], tmp_path)) as it:
        no_file = await it.examine(ca_file="none.pem")

    assert last(nothing) == ("configuration", "it names no CSMS")
    assert last(no_file)[0] == "configuration"


async def test_looking_changes_nothing(tmp_path: Path) -> None:
    """No folder, vault or database is made."""
    folder = tmp_path / "data"
    _, leaf = chain()
    async with practice(tmp_path, server(leaf, tmp_path)) as it:
        await replace(it, folder=folder).examine()

    assert not folder.exists()


@pytest.mark.parametrize("others", [(), (1,)])
async def test_the_slot_that_is_dialled_first_is_examined(
    tmp_path: Path, others: tuple[int, ...]
) -> None:
    """What the CSMS has stored counts, its version and security profile too."""
    top, leaf = chain()
    async with practice(tmp_path, server(leaf, tmp_path), top) as it:
        store = Store.open(it.folder / DATABASE)
        profile = NetworkProfile(Generation.FIRST, it.url, 2, 30)
        removed = [] if others else [NetworkRemoved(1)]
        order = SettingWritten(NETWORK_PRIORITY.id, 0, "2,1" if others else "2")
        await store.station("LP000001").commit([NetworkStored(2, profile), order, *removed])
        store.close()
        findings = await it.examine(url="ws://nobody.example", ocpp="2.0.1")

    assert all(found.well for found in findings)
    assert findings[0].step == "network profile"
    kept = ", ".join(map(str, others)) or "none"
    assert findings[0].detail == f"slot 2, {it.url}, security profile 2; others kept: {kept}"
    assert findings[-1].detail == "ocpp1.6"
