"""The service manager is told the truth, over its own kind of socket."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from laadpaal.runtime.supervisor import Supervisor
from laadpaal.updates.launcher import HEALTH_FD
from tests.support.jumping import jump


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """Return the socket on which a service manager listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(0)
        yield listening


def _heard(manager: socket.socket) -> list[str]:
    said = []
    while True:
        try:
            said.append(manager.recv(100).decode())
        except BlockingIOError:
            return said


def test_it_says_what_it_is_told_to(manager: socket.socket) -> None:
    """One datagram for each state."""
    supervisor = Supervisor({"NOTIFY_SOCKET": manager.getsockname()})

    supervisor.tell("READY=1")

    assert _heard(manager) == ["READY=1"]


@pytest.mark.parametrize("name", ["", "@laadpaal-nobody-listens"])
def test_where_nobody_listens_nothing_is_said(name: str) -> None:
    """Without a service manager, or after it has gone, the station just runs."""
    Supervisor({"NOTIFY_SOCKET": name}).tell("READY=1")


def test_a_name_outside_the_file_system_is_understood() -> None:
    """A name that begins with @ stands for one that begins with a zero byte."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("")  # Linux gives a free name outside the file system
        name = listening.getsockname()

        Supervisor({"NOTIFY_SOCKET": "@" + name[1:].decode()}).tell("READY=1")

        assert listening.recv(100) == b"READY=1"


def test_signs_of_life_come_twice_as_often_as_they_are_wanted(manager: socket.socket) -> None:
    """A loop that hangs would give none; each is one turn of it."""
    environment = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": "30000000"}

    async def minute() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(Supervisor(environment).run(), 59)

    jump(minute())

    assert _heard(manager) == ["WATCHDOG=1"] * 4


def test_a_manager_that_wants_no_signs_gets_none(manager: socket.socket) -> None:
    """The task ends at once."""
    jump(Supervisor({"NOTIFY_SOCKET": manager.getsockname()}).run())

    assert not _heard(manager)


def test_the_launcher_hears_the_same_by_a_pipe() -> None:
    """One line for each state."""
    reading, writing = os.pipe()
    supervisor = Supervisor({HEALTH_FD: str(writing)})
    supervisor.tell("READY=1")
    supervisor.tell("WATCHDOG=1")
    os.close(writing)

    with os.fdopen(reading) as heard:
        assert heard.read() == "READY=1\nWATCHDOG=1\n"
