"""Errors have one shape, whoever found them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Never

import httpx
import pytest
from fastapi import FastAPI

from laadpaal.local_api.doors import LARGEST_BODY
from tests.local_api.conftest import TinyDesk, client

SETTING = "/v1/properties/2087_0"
JSON = {"Content-Type": "application/json"}


async def test_an_unknown_path_is_a_problem(api: httpx.AsyncClient) -> None:
    """The whole shape, with what was asked."""
    response = await api.get("/v1/nothing")

    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "GET /v1/nothing: not found",
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/station", "GET, HEAD, OPTIONS"),
        ("DELETE", SETTING, "GET, PUT, HEAD, OPTIONS"),
        ("POST", SETTING, "GET, PUT, HEAD, OPTIONS"),
        ("GET", "/v1/evses/1/start", "POST, OPTIONS"),
        ("PUT", "/v1/bench/cards", "POST, OPTIONS"),
    ],
)
async def test_a_wrong_method_is_told_the_right_ones(
    api: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    """All methods of the path, whichever route has them."""
    response = await api.request(method, path, json={})

    assert (response.status_code, response.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("body", ["{", '{"value": 1', "value", '{"value": 1}}'])
async def test_bad_json_is_told(api: httpx.AsyncClient, desk: TinyDesk, body: str) -> None:
    """A body that is no JSON changes nothing."""
    response = await api.put(SETTING, content=body, headers=JSON)

    assert response.status_code == 422
    assert "JSON" in response.json()["detail"]
    assert desk.asked == []


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\xfa", b"[" * 50_000, b'{"value":1' + b"0" * 5000 + b"}"]
)
async def test_json_that_nobody_writes_is_refused(api: httpx.AsyncClient, body: bytes) -> None:
    """No UTF-8, a nest without a bottom, a number without an end."""
    response = await api.put(SETTING, content=body, headers=JSON)

    assert response.status_code == 400


async def test_a_number_that_is_none_is_refused(api: httpx.AsyncClient) -> None:
    """JSON has no NaN, whatever the parser thinks."""
    response = await api.put(SETTING, content=b'{"value": NaN}', headers=JSON)

    assert response.status_code == 422


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}])
async def test_a_body_that_is_not_sent_as_json(
    api: httpx.AsyncClient, desk: TinyDesk, headers: dict[str, str]
) -> None:
    """A page of the web can send plain text to anybody, so it does not count as JSON."""
    response = await api.put(SETTING, content=b'{"value": 30}', headers=headers)

    assert response.status_code == 415
    assert desk.asked == []


async def test_no_body_is_told(api: httpx.AsyncClient) -> None:
    """A body that is needed and missing is named."""
    response = await api.put(SETTING)

    assert response.status_code == 422
    assert response.json()["errors"] == [{"where": "body", "what": "Field required"}]


async def test_the_largest_body_is_read(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """64 kB are enough for anybody, and allowed."""
    body = b'{"value": 30}'.ljust(LARGEST_BODY)

    response = await api.put(SETTING, content=body, headers=JSON)

    assert response.status_code == 200
    assert len(desk.asked) == 1


@pytest.mark.parametrize("path", ["/v1/evses/1/start", "/v1/evses/1/stop", "/v1/nothing"])
async def test_a_larger_body_is_refused(api: httpx.AsyncClient, desk: TinyDesk, path: str) -> None:
    """Everywhere, before anything is read of it."""
    response = await api.post(path, content=b" " * (LARGEST_BODY + 1), headers=JSON)

    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert desk.asked == []


async def test_a_larger_body_in_pieces_is_refused(api: httpx.AsyncClient, desk: TinyDesk) -> None:
    """A body that does not tell its length is counted."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b" " * (LARGEST_BODY // 8)

    response = await api.put(SETTING, content=pieces(), headers=JSON)

    assert response.status_code == 413
    assert desk.asked == []


async def test_a_bug_tells_nothing(
    app: FastAPI, desk: TinyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours is a problem too, and its words stay in the log."""

    def broken() -> Never:
        raise RuntimeError("swordfish")

    monkeypatch.setattr(desk, "view", broken)
    async with client(app, raises=False) as api:
        response = await api.get("/v1/station")

    assert response.status_code == 500
    assert response.json()["detail"] == "a bug; the log has it"
    assert "swordfish" not in response.text


@pytest.mark.parametrize("path", ["/v1/bench/house", "/v1/bench/evses/1/vehicle"])
async def test_half_a_character_is_refused(api: httpx.AsyncClient, path: str) -> None:
    """It is not taken first and choked on then, when the reply repeats it."""
    response = await api.post(path, content='{"max_a": "\\ud800"}', headers=JSON)

    assert response.status_code == 422
    assert "cannot be told" in response.json()["detail"]
