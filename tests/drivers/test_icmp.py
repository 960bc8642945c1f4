"""ICMP echoes over the loopback, as far as the system allows."""

from __future__ import annotations

import logging
import socket

import pytest

from laadpaal.drivers.icmp import IcmpEcho

LOG = logging.getLogger("test.icmp")


def _allowed() -> bool:
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(socket.AF_INET, kind, socket.IPPROTO_ICMP).close()
        except PermissionError:
            continue
        return True
    return False


@pytest.mark.skipif(not _allowed(), reason="the system lets us send no ICMP")
@pytest.mark.parametrize("kind", [socket.SOCK_DGRAM, socket.SOCK_RAW])
async def test_the_loopback_answers(kind: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An echo request comes back, from a datagram socket or a raw one."""
    real = socket.socket

    def only(family: int, asked: int, protocol: int) -> socket.socket:
        if asked != kind:
            raise PermissionError
        return real(family, asked, protocol)

    try:
        real(socket.AF_INET, kind, socket.IPPROTO_ICMP).close()
    except PermissionError:
        pytest.skip("the system does not let us open this kind of socket")
    monkeypatch.setattr("laadpaal.drivers.icmp.socket.socket", only)

    assert await IcmpEcho(LOG).answers("127.0.0.1")


async def test_a_system_that_forbids_it_is_told_of_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where neither kind of socket is allowed, every host counts as silent."""
    caplog.set_level(logging.INFO, LOG.name)

    def forbidden(*_: object) -> socket.socket:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("laadpaal.drivers.icmp.socket.socket", forbidden)
    echo = IcmpEcho(LOG)

    assert not await echo.answers("127.0.0.1")
    assert not await echo.answers("127.0.0.1")
    assert [record.getMessage() for record in caplog.records] == [
        "ICMP is not available: [Errno 1] Operation not permitted"
    ]


@pytest.mark.skipif(not _allowed(), reason="the system lets us send no ICMP")
async def test_silence_ends_with_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not answer in time is silent: here every reply is somebody else's."""
    monkeypatch.setattr("laadpaal.drivers.icmp._is_reply", lambda *_: False)

    assert not await IcmpEcho(LOG, timeout_s=0.05).answers("127.0.0.1")


async def test_a_host_without_an_address_is_silent() -> None:
    """What cannot be looked up cannot answer."""
    assert not await IcmpEcho(LOG).answers("")
