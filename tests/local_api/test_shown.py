"""`/v1/certificate`: what is shown over HTTPS is told, and replaced while the station serves."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI

from laadpaal.local_api import tls
from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.server import serving
from laadpaal.local_api.tls import Shown
from laadpaal.ports.accounts import User
from laadpaal.protocols.pki import Names
from laadpaal.station.events import SecurityIncident
from laadpaal.storage.server_certificate import GivenCertificate, OwnCertificate
from tests.local_api.conftest import TinyDesk, client
from tests.local_api.test_login import visiting
from tests.local_api.test_tls import HOST, called, connected, healthy
from tests.support.certificates import EXPIRED, FUTURE, Key, Made, chain, ec_key, root
from tests.support.world import NOON

PATH = "/v1/certificate"
NAMED = ("CN=LP000001", "replaced")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the certificate is kept."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def shown(folder: Path) -> Shown:
    """Return what a new station shows."""
    own = OwnCertificate(folder / "web.pem")
    own.prepare("LP000001", Names(("box",), ("192.0.2.20",)), NOON)
    return Shown(own)


@pytest.fixture
def app(desk: TinyDesk, events: EventStream, entrance: Entrance, shown: Shown) -> FastAPI:
    """Return the control API of a station with HTTPS."""
    return make_app(desk, events, entrance=entrance, showcase=shown)


@pytest.fixture
async def web(app: FastAPI, entrance: Entrance) -> AsyncIterator[httpx.AsyncClient]:
    """Return a visitor of the gate who has not logged in."""
    async with visiting(app, entrance) as connected:
        yield connected


def pem(key: Key) -> str:
    """Return a key as people have it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def wish(made: Made, other: Made | None = None) -> dict[str, str]:
    """Return the body that wishes for a chain, perhaps with the key of another."""
    return {"chain": made.chain, "key": pem((other or made).key)}


def beneath(made: Made, other: Made) -> dict[str, str]:
    """Return the body that wishes for a chain in which one stands that has signed nothing."""
    return {**wish(made), "chain": made.chain + other.chain}


async def test_what_is_shown_is_told(api: httpx.AsyncClient, shown: Shown) -> None:
    """With the fingerprint by which people compare it."""
    seen = (await api.get(PATH)).json()

    leaf = x509.load_pem_x509_certificate(shown.certificate.chain().encode())
    assert seen["fingerprint"] == leaf.fingerprint(hashes.SHA256()).hex()
    assert (seen["subject"], seen["issuer"], seen["fixed"]) == (NAMED[0], NAMED[0], False)
    assert seen["hosts"] == ["box", "192.0.2.20"]
    assert seen["not_before"] < NOON < seen["not_after"]


async def test_another_is_shown_at_once_and_for_good(
    app: FastAPI, desk: TinyDesk, shown: Shown, folder: Path
) -> None:
    """Over TLS: to whoever comes then, open connections go on, and after a start it is the same."""
    made = root("replaced")
    async with serving(app, HOST, 0, tls=shown.context) as server, connected(server) as before:
        url = f"https://{HOST}:{server.port}"
        async with httpx.AsyncClient(base_url=url, verify=False, trust_env=False) as http:  # noqa: S501  its own
            response = await http.put(PATH, json=wish(made))
        async with connected(server) as after:
            assert called(after) == "CN=replaced"
        assert await healthy(before)

    assert (response.status_code, response.json()["subject"]) == (200, "CN=replaced")
    assert "PRIVATE KEY" not in response.text
    again = OwnCertificate(folder / "web.pem")
    assert not again.prepare("LP000001", Names(("box",)), NOON)
    assert again.chain() == made.chain
    [told] = desk.happenings
    assert isinstance(told, SecurityIncident)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            wish(root("a"), root("b", key=ec_key())),
            "key: the key is not that of the first certificate",
        ),
        (wish(root("old", EXPIRED)), "has expired"),
        (wish(root("new", FUTURE)), "is not valid yet"),
        ({"chain": "x", "key": "y"}, "certificate"),
        ({"chain": root("a").chain, "key": "y"}, "key: no private key in PEM"),
        (beneath(root("a"), root("b")), "chain: CN=b has not signed CN=a"),
        ({"chain": root("a").chain}, "key"),
    ],
    ids=["pair", "expired", "future", "no PEM", "no key", "order", "no member"],
)
async def test_what_cannot_be_shown_is_refused(
    api: httpx.AsyncClient, desk: TinyDesk, body: dict[str, str], why: str
) -> None:
    """With the reason, and nothing changes."""
    response = await api.put(PATH, json=body)

    assert response.status_code == 422
    assert why in response.json()["detail"]
    assert (await api.get(PATH)).json()["subject"] == NAMED[0]
    assert desk.happenings == []


async def test_what_tls_does_not_take_is_not_kept(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the station could not start any more."""

    def refuse(_: str) -> None:
        raise ssl.SSLError(1, "ca md too weak")

    monkeypatch.setattr(tls, "_try", refuse)

    response = await api.put(PATH, json=wish(root("replaced")))

    assert response.status_code == 422
    assert "ca md too weak" in response.json()["detail"]
    assert (await api.get(PATH)).json()["subject"] == NAMED[0]


async def test_a_disk_that_takes_nothing_is_told(api: httpx.AsyncClient, folder: Path) -> None:
    """Of writing and of reading it."""
    shutil.rmtree(folder)

    written = await api.put(PATH, json=wish(root("replaced")))
    read = await api.get(PATH)

    assert (written.status_code, read.status_code) == (503, 503)
    assert "could not be kept" in written.json()["detail"]
    assert "could not be read" in read.json()["detail"]


async def test_what_the_configuration_names_stays(
    desk: TinyDesk, events: EventStream, tmp_path: Path
) -> None:
    """Who edits the configuration decides."""
    given = GivenCertificate(*root("given").files(tmp_path, "given"))
    async with client(make_app(desk, events, showcase=Shown(given))) as api:
        response = await api.put(PATH, json=wish(root("replaced")))
        seen = (await api.get(PATH)).json()

    assert response.status_code == 409
    assert "the configuration names the files" in response.json()["detail"]
    assert (seen["subject"], seen["fixed"]) == ("CN=given", True)


@pytest.mark.parametrize(
    ("user", "read", "written"),
    [
        (None, 401, 401),
        (User.DRIVER, 403, 403),
        (User.GUEST, 200, 403),
        (User.ADMIN, 200, 200),
        (User.SERVICE, 200, 200),
    ],
)
async def test_who_may(
    web: httpx.AsyncClient, entrance: Entrance, user: User | None, read: int, written: int
) -> None:
    """Its owner and installers replace it; the rest of who may come in may look."""
    if user:
        web.cookies.set("session", entrance.logins.begin(user, 0.0))

    assert (await web.get(PATH)).status_code == read
    assert (await web.put(PATH, json=wish(root("replaced")))).status_code == written


async def test_without_https_there_is_no_route(desk: TinyDesk, events: EventStream) -> None:
    """Nothing is shown then."""
    async with client(make_app(desk, events)) as api:
        assert (await api.get(PATH)).status_code == 404


def test_a_chain_of_two_is_shown(shown: Shown) -> None:
    """The station's own first, and whoever has signed it."""
    _, leaf = chain()

    shown.replace(leaf.chain, pem(leaf.key), NOON)

    assert shown.certificate.chain() == leaf.chain
    assert leaf.chain.count("BEGIN CERTIFICATE") == 2
