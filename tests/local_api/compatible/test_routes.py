"""Every route, and everything that can be wrong with a request to it (S31)."""

from __future__ import annotations

import httpx
import pytest
from starlette.types import Message

from fuzz.web import Ask, Told
from tests.local_api.compatible.conftest import Compatible

ROUTES = {
    "/api/info": "GET",
    "/api/login": "POST",
    "/api/logout": "POST",
    "/api/categories": "GET",
    "/api/prop": "GET, POST",
    "/api/cmd": "POST",
    "/api/log": "GET",
    "/api/transactions": "GET",
    "/api/whitelist": "GET",
    "/api/addtag": "POST",
    "/api/password": "POST",
    "/api/temporarypassword": "POST",
    "/api/prc": "POST",
    "/api/domain": "POST",
    "/api/chargingprofiles": "GET, POST",
    "/api/clearpersonaldata": "POST",
}
"""Each path, with its methods."""
OPEN = {"/api/info", "/api/login", "/api/logout", "/api/prc"}
ABSENT = [
    "wifiscan",
    "diagtool?result",
    "reset",
    "db/reset",
    "datetime",
    "license",
    "token/refresh",
]
CALLS = [(path, method) for path, methods in ROUTES.items() for method in methods.split(", ")]
BODIES = [
    call
    for call in CALLS
    if call[1] == "POST" and call[0] not in {"/api/logout", "/api/clearpersonaldata"}
]
SHAPE = {"code", "message", "detail"}


def is_error(response: httpx.Response, status: int) -> bool:
    """Tell whether it is that error, in the one shape, and nothing of ours shows through."""
    assert response.status_code == status
    assert response.headers["content-type"] == "alfen/json; charset=utf-8"
    assert response.headers["content-length"] == str(len(response.content))
    assert response.headers["cache-control"] == "no-store"
    assert "Traceback" not in response.text
    assert set(response.json()) >= SHAPE
    return True


@pytest.mark.parametrize(("path", "method"), [it for it in CALLS if it[0] not in OPEN])
async def test_nobody_is_served_without_a_session(
    stranger: httpx.AsyncClient, path: str, method: str
) -> None:
    """401, whatever is sent."""
    assert is_error(await stranger.request(method, path, json={}), 401)


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
async def test_a_wrong_method_is_told_the_right_ones(
    owner: httpx.AsyncClient, path: str, method: str
) -> None:
    """405, with all that there are."""
    response = await owner.request(method, path)

    assert is_error(response, 405)
    wanted = set(ROUTES[path].split(", ")) | {"OPTIONS"}
    wanted |= {"HEAD"} if "GET" in wanted else set()
    assert set(response.headers["allow"].split(", ")) == wanted


@pytest.mark.parametrize("path", ROUTES)
async def test_options_tells_the_methods(stranger: httpx.AsyncClient, path: str) -> None:
    """Without a session, for it tells nothing else."""
    response = await stranger.options(path)

    assert (response.status_code, response.content) == (204, b"")
    assert "OPTIONS" in response.headers["allow"]


@pytest.mark.parametrize("path", [path for path, methods in ROUTES.items() if "GET" in methods])
async def test_head_is_get_without_a_body(owner: httpx.AsyncClient, path: str) -> None:
    """With its length."""
    head, get = await owner.head(path), await owner.get(path)

    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(get.content)


@pytest.mark.parametrize("path", ABSENT)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_there_is_not_is_not_found(
    owner: httpx.AsyncClient, path: str, method: str
) -> None:
    """404 is what clients take for a station without it."""
    assert is_error(await owner.request(method, f"/api/{path}"), 404)


@pytest.mark.parametrize(("path", "method"), BODIES)
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 30_000])
async def test_what_is_no_object_is_refused(
    owner: httpx.AsyncClient, path: str, method: str, body: bytes
) -> None:
    """400."""
    headers = {"Content-Type": "application/json"}

    assert is_error(await owner.request(method, path, content=body, headers=headers), 400)


@pytest.mark.parametrize(("path", "method"), [it for it in BODIES if it[0] != "/api/prop"])
async def test_another_type_is_refused(owner: httpx.AsyncClient, path: str, method: str) -> None:
    """415; of objects only the body counts, for some clients call it what they like."""
    headers = {"Content-Type": "text/plain"}

    assert is_error(await owner.request(method, path, content=b"{}", headers=headers), 415)


@pytest.mark.parametrize(("path", "method"), BODIES)
async def test_a_large_body_is_refused(owner: httpx.AsyncClient, path: str, method: str) -> None:
    """413, and the connection is closed, for nobody reads the rest."""
    response = await owner.request(method, path, content=b" " * 70_000)

    assert is_error(response, 413)
    assert response.headers["connection"] == "close"


@pytest.mark.parametrize(
    "path",
    [
        "/api/../v1/station",
        "/api/%2e%2e/v1/station",
        "/api/..%2f..%2fetc/passwd",
        "/api//prop",
        "/api/prop/",
        "/api/prop%00",
        "/apiprop",
    ],
)
async def test_no_way_leads_around(owner: httpx.AsyncClient, path: str) -> None:
    """A path is taken as it stands."""
    request = owner.build_request("GET", "https://station/")
    request.url = request.url.copy_with(raw_path=path.encode())

    response = await owner.send(request)

    assert response.status_code == 404


async def test_who_goes_in_the_midst_of_a_body_is_no_bug(box: Compatible) -> None:
    """Nobody reads the answer, and nothing is raised that the log would call a bug."""
    ask = Ask("POST", "/api/login", "", (), b'{"username": "admin"}', known=False, cut=True)
    told, messages = Told(), ask.body_messages()

    async def receive() -> Message:
        return next(messages)

    await box.app(ask.scope(), receive, told.take)

    assert told.status == 400


async def test_a_strange_cookie_is_no_session(owner: httpx.AsyncClient, box: Compatible) -> None:
    """Nor a bug, though a text that is not ASCII cannot be compared in constant time."""
    async with box.client() as other:
        response = await other.get("/api/prop", headers={b"Cookie": "session=é".encode()})

    assert is_error(response, 401)
    assert (await owner.get("/api/categories")).status_code == 200
