"""Every route of the control API behind all its guards, and each kind of mistake (S31)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from fuzz.web import Box
from laadpaal.local_api.gate import OPEN
from laadpaal.ports.accounts import User
from tests.local_api.conftest import whole_document

PARTS = {
    "{n}": "1",
    "{id}": "2087_0",
    "{source}": "Other",
    "{number}": "04A1B2C3",
    "{user}": "service",
    "{address}": "192.0.2.7",
}


def filled(path: str) -> str:
    """Return a path with something that there is in each of its places."""
    for place, part in PARTS.items():
        path = path.replace(place, part)
    return path


OPERATIONS = [
    (filled(path), method.upper(), body)
    for path, operations in whole_document()["paths"].items()
    for method, it in operations.items()
    for body in ["application/json" in it.get("requestBody", {}).get("content", {})]
]
"""Path, method, and whether JSON is brought."""
BRINGING = [(path, method) for path, method, body in OPERATIONS if body]
SHAPE = {"type", "title", "status", "detail"}


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Box:
    """Return a station that has everything; no mistake changes it, so one is enough."""
    return Box(tmp_path_factory.mktemp("vault"))


@pytest.fixture
async def stranger(box: Box) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client that has not logged in."""
    transport = httpx.ASGITransport(box.app)
    async with httpx.AsyncClient(transport=transport, base_url="https://localhost") as client:
        yield client


@pytest.fixture
def owner(box: Box, stranger: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return a client that has logged in as the owner."""
    stranger.cookies.set("session", box.logins.begin(User.ADMIN, 0.0))
    return stranger


def is_error(response: httpx.Response, status: int) -> bool:
    """Tell whether it is that error, in the one shape, and nothing of ours shows through."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["content-length"] == str(len(response.content))
    assert response.headers["cache-control"] == "no-store"
    assert "Traceback" not in response.text
    assert set(response.json()) >= SHAPE
    return True


@pytest.mark.parametrize(
    ("path", "method"), [(path, method) for path, method, _ in OPERATIONS if path not in OPEN]
)
async def test_nobody_is_served_without_a_session(
    stranger: httpx.AsyncClient, path: str, method: str
) -> None:
    """401, whatever is sent."""
    assert is_error(await stranger.request(method, path, json={}), 401)


@pytest.mark.parametrize("path", sorted({path for path, *_ in OPERATIONS}))
@pytest.mark.parametrize("method", ["PATCH", "TRACE"])
async def test_a_wrong_method_is_told_the_right_ones(
    owner: httpx.AsyncClient, path: str, method: str
) -> None:
    """405, with all that there are."""
    response = await owner.request(method, path)

    assert is_error(response, 405)
    wanted = {known for each, known, _ in OPERATIONS if each == path} | {"OPTIONS"}
    wanted |= {"HEAD"} if "GET" in wanted else set()
    assert set(response.headers["allow"].split(", ")) == wanted


@pytest.mark.parametrize(("path", "method"), BRINGING)
@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b"\xff\xfe"])
async def test_what_means_nothing_is_refused(
    owner: httpx.AsyncClient, path: str, method: str, body: bytes
) -> None:
    """422, and the reason."""
    headers = {"Content-Type": "application/json"}

    response = await owner.request(method, path, content=body, headers=headers)

    assert is_error(response, 422)


@pytest.mark.parametrize(("path", "method"), BRINGING)
async def test_another_type_is_refused(owner: httpx.AsyncClient, path: str, method: str) -> None:
    """415."""
    response = await owner.request(
        method, path, content=b'{"x": 1}', headers={"Content-Type": "text/plain"}
    )

    assert is_error(response, 415)


@pytest.mark.parametrize(("path", "method"), BRINGING)
async def test_a_large_body_is_refused(owner: httpx.AsyncClient, path: str, method: str) -> None:
    """413, and the connection is closed, for nobody reads the rest."""
    response = await owner.request(method, path, content=b" " * 70_000)

    assert is_error(response, 413)
    assert response.headers["connection"] == "close"
