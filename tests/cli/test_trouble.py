"""`laadpaal trouble` as somebody at a terminal sees it, beside a station that runs."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from laadpaal.cli.app import app
from laadpaal.runtime.assembly import assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config
from laadpaal.runtime.troubles import ROWS
from tests.runtime.stage import logger

RUNNER = CliRunner()
NOTHING = "nothing is made to go wrong"


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a station in a thread of its own; yield the address of its API."""
    found: list[str] = []
    up, over = threading.Event(), threading.Event()

    async def live() -> None:
        config = Config(folder=str(folder), api=ApiTable(port=0))
        async with assembled(config, RealClock(60.0), logger(folder)) as station:
            found.append(station.api or "")
            up.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    try:
        assert up.wait(60.0)
        yield found[0]
    finally:
        over.set()
        thread.join()


def told(*words: str) -> Result:
    """Return what the command says."""
    return RUNNER.invoke(app, ["trouble", *words])


def test_a_trouble_is_listed_begun_and_ended(tmp_path: Path) -> None:
    """Each answer tells what is on; the list has every trouble with its parameters."""
    with running(tmp_path) as api:
        before = told("list", "--api", api).stdout.splitlines()
        begun = told("start", "meter-fails", "--evse", "1", "--set", "how=zeros", "--api", api)
        jumped = told("start", "clock-jump", "--set", "by_s=60", "--api", api)
        listed = told("list", "--api", api).stdout.splitlines()
        ended = told("end", "meter-fails", "--evse", "1", "--api", api)

    names = {line.split()[0] for line in before if not line.startswith(" ")}
    assert names == {row.trouble.name for row in ROWS} | {"nothing"}
    assert before[-1] == NOTHING
    assert any("how=silent: what it does instead (silent, slow," in line for line in before)
    assert begun.stdout == "on: meter-fails EVSE 1 how=zeros\n"
    assert jumped.exit_code == 2
    assert "the clock runs faster than real time" in jumped.stderr
    assert listed[-1] == "on: meter-fails EVSE 1 how=zeros"
    assert ended.stdout == f"{NOTHING}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("start", "modem-fails"), "no modem in this station"),
        (("start", "hiccups"), "trouble: there is none called 'hiccups'"),
        (("start", "meter-fails", "--evse", "1", "--set", "how=loud"), "how: it is one of"),
        (("start", "clock-jump", "--set", "by_s=inf"), "by_s: it is a number from"),
        (("start", "meter-fails", "--set", "how"), "'how' is not name=value"),
        (("end", "lock-stuck", "--evse", "1"), "lock-stuck is not on at EVSE 1"),
    ],
)
def test_what_the_station_refuses_is_one_line(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    """The station's own sentence, and exit code 2."""
    with running(tmp_path) as api:
        refused = told(*words, "--api", api)

    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"laadpaal: {says}")
    assert refused.stderr.count("\n") == 1


def test_a_station_that_is_not_there_is_named() -> None:
    """By the address that was tried, be it one or not."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    gone = told("list", "--api", f"http://127.0.0.1:{port}")
    odd = told("list", "--api", "http://127.0.0.1:x")

    assert (gone.exit_code, odd.exit_code) == (2, 2)
    assert gone.stderr.startswith(f"laadpaal: http://127.0.0.1:{port} does not answer: ")
    assert odd.stderr.startswith("laadpaal: http://127.0.0.1:x does not answer: ")


def test_what_is_no_station_is_named() -> None:
    """Something answers, and not in our words."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

        def serve() -> None:
            line, _ = other.accept()
            line.recv(1000)
            line.sendall(answer)
            line.close()

        thread = threading.Thread(target=serve)
        thread.start()
        odd = told("list", "--api", f"http://127.0.0.1:{other.getsockname()[1]}")
        thread.join()

    assert odd.exit_code == 2
    assert "is no control API with a bench" in odd.stderr
