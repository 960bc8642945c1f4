"""The nightly fuzzing of both APIs works, and a little of it runs with the tests (S31)."""

from __future__ import annotations

import pytest

from fuzz import web
from laadpaal.local_api.compatible import console
from laadpaal.local_api.gate import Gate
from laadpaal.local_api.problems import Problem


def test_a_little_fuzzing() -> None:
    """Strange requests are refused in one shape and never our fault, and some are served."""
    assert 0 < web.fuzz(1000, seed=1) < 1000


def test_it_finds_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes out of the application ends it."""

    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(console, "text", broken)

    with pytest.raises(ZeroDivisionError):
        web.fuzz(3000, seed=1)


def test_it_finds_who_has_slipped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that stands open is found out."""

    def opened(*_: object) -> Problem | None:
        return None

    monkeypatch.setattr(f"{Gate.__module__}._problem", opened)

    with pytest.raises(AssertionError, match="a stranger was served"):
        web.fuzz(500, seed=1)


@pytest.mark.parametrize(
    ("status", "headers", "body", "wrong"),
    [
        (500, {}, b"", "it is our fault"),
        (503, {}, b"", "it is our fault"),
        (405, {}, b"", "the methods are not told"),
        (404, {}, b"{}", "the error has another shape"),
        (404, {"content-length": "9"}, b'{"code":1,"message":1,"detail":1}', "its length is wrong"),
        (200, {}, b"", "it has no end"),
    ],
)
def test_it_finds_bad_manners(
    status: int, headers: dict[str, str], body: bytes, wrong: str
) -> None:
    """Each kind by its name."""
    ask = web.Ask("GET", "/api/info", "", (), b"", known=True, cut=False)

    assert web.flaw(ask, web.Told(status, headers, body)) == wrong
