"""The text of transactions, and every client's own way through its pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from laadpaal.local_api.app import make_app
from laadpaal.local_api.compatible import transactions
from laadpaal.local_api.compatible.transactions import EMPTY, FIRST, PAGE, page
from laadpaal.local_api.events import EventStream
from laadpaal.ports.history import About, Happening
from laadpaal.ports.journal import Fate
from laadpaal.station.words import StopReason, Token, TokenKind
from laadpaal.storage import Store
from tests.local_api.conftest import TinyDesk
from tests.storage.test_history import ended, one_after_the_other, sampled, started
from tests.support.past import MadeUpPast

Ask = Callable[[int], str]
"""Asks for a page by its offset."""
MOST_PAGES = 200
_LINE = re.compile(r"(\d+)_(\w+): (.*)")


def made_up(marks: list[About]) -> MadeUpPast:
    """Return a history of such entries."""
    entries = [
        Happening(number, mark, f"t{number}", 1, number * 60.0, number * 10.0, Token("04AB"))
        for number, mark in enumerate(marks, 1)
    ]
    return MadeUpPast(entries)


def parsed(text: str) -> list[tuple[int, str, str]]:
    """Return offset, kind and body of each line; each is one."""
    found = [_LINE.fullmatch(line) for line in text.splitlines()]
    assert all(found), text
    return [(int(it[1]), it[2], it[3]) for it in found if it]


def installers_tool(ask: Ask) -> list[int]:
    """Walk from 0xFFFFFFFF by the last offset, until no page brings one that is new."""
    seen: dict[int, None] = {}
    offset = FIRST
    for _ in range(MOST_PAGES):
        lines = parsed(ask(offset))
        if not {it[0] for it in lines} - seen.keys():
            return list(seen)
        seen |= dict.fromkeys(it[0] for it in lines)
        offset = lines[-1][0]
    raise AssertionError("it walks for ever")


def command_line(ask: Ask) -> list[int]:
    """Walk from 0; a page that is empty, ends where it began or ends with a stop is the last."""
    seen: list[int] = []
    offset = 0
    for _ in range(MOST_PAGES):
        lines = parsed(ask(offset))
        seen += [it[0] for it in lines]
        if not lines or lines[-1][0] == offset or lines[-1][1] == "txstop":
            return seen
        offset = lines[-1][0]
    raise AssertionError("it walks for ever")


def library(ask: Ask) -> list[int]:
    """Walk from 0 until a page ends with a stop, and by nothing else."""
    seen: list[int] = []
    offset = 0
    for _ in range(MOST_PAGES):
        lines = parsed(ask(offset))
        seen += [it[0] for it in lines]
        if lines and lines[-1][1] == "txstop":
            return seen
        offset = seen[-1]
    raise AssertionError("it walks for ever")


def home_automation(ask: Ask) -> list[int]:
    """Walk from 0 until a page is empty; read words by single spaces."""
    seen: list[int] = []
    offset = 0
    for _ in range(MOST_PAGES):
        text = ask(offset)
        if not text or text.startswith("0_Empty"):
            return seen
        for line in text.splitlines():
            words = line.split(" ")
            if "mv" in line:
                float(words[5])
            else:
                assert re.fullmatch(r"\d+_(txstart|txstop):", words[0])
                assert (words[1], words[3], words[4]) == ("id", "socket", "1,")
                assert words[7].endswith("kWh")
                assert words[8] in {"04AB", "(null)"}
            offset = int(line.partition("_")[0])
            seen.append(offset)
    raise AssertionError("it walks for ever")


WALKS = (installers_tool, command_line, library, home_automation)


async def test_records_have_exactly_their_form(tmp_path: Path) -> None:
    """In local time; a value at the beginning and at the end; the number that the CSMS gave."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, "t1")
    await ours.commit([], [replace(started("t2", 7200.0, 2), token=None)])
    for seq in (1, 2):
        await ours.settle(seq, Fate.DELIVERED, 1)
    text = page(ours, 0, timezone(timedelta(hours=1)))
    store.close()
    assert text == (
        "2_txstart: id 0x0000000000000001, socket 1, 1970-01-01 01:00:00 0.010kWh 04AB 3 N\n"
        "3_mv: socket 1, 1970-01-01 01:00:00 0.010 N\n"
        "4_mv: socket 1, 1970-01-01 01:01:00 0.070 N\n"
        "6_mv: socket 1, 1970-01-01 01:59:59 0.510 Y\n"
        "7_txstop: id 0xffffffffffffffff, socket 1, 1970-01-01 01:59:59 0.510kWh (null) Y\n"
        "8_txstart: id 0xffffffffffffffff, socket 2, 1970-01-01 03:00:00 0.010kWh (null) 255 Y\n"
        "9_mv: socket 2, 1970-01-01 03:00:00 0.010 Y\n"
    )


@pytest.mark.parametrize("walk", WALKS[:2] + WALKS[3:])
def test_an_empty_database_says_so(walk: Callable[[Ask], list[int]]) -> None:
    """In one line of its own, which each client takes for the end."""
    empty = made_up([])
    assert page(empty, 0) == page(empty, FIRST) == page(empty, 77) == EMPTY
    if walk is home_automation:
        assert walk(lambda offset: page(empty, offset)) == []


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("sessions", [1, 7, 24, 25, 100])
@pytest.mark.parametrize("values", [0, 1, 13])
def test_every_client_comes_to_the_end_and_misses_nothing(
    walk: Callable[[Ask], list[int]], sessions: int, values: int
) -> None:
    """However long the transactions are, each once and in order."""
    marks = [About.BEGIN, *[About.VALUE] * values, About.END] * sessions
    past = made_up(marks)
    offsets = [
        number * 2 + more
        for number, mark in enumerate(marks, 1)
        for more in range(1 if mark is About.VALUE else 2)
    ]
    assert walk(lambda offset: page(past, offset)) == offsets


@given(st.lists(st.sampled_from(About), min_size=1, max_size=3 * PAGE))
def test_no_page_but_the_last_ends_with_a_stop(marks: list[About]) -> None:
    """In whatever order things happen, on however many sockets; and no page is too long."""
    past = made_up(marks)
    offset, pages = 0, []
    while text := page(past, offset):
        pages.append(parsed(text))
        offset = pages[-1][-1][0]
    assert all(one[-1][1] != "txstop" for one in pages[:-1])
    assert all(0 < len(one) <= PAGE for one in pages)
    flat = [it[0] for one in pages for it in one]
    assert flat == sorted(set(flat))
    assert len(flat) == len(marks) + sum(mark is not About.VALUE for mark in marks)


def test_what_would_break_a_field_stands_in_none() -> None:
    """Clients split at spaces, underscores and commas, and nobody reads a code in it."""
    past = made_up([About.BEGIN] * 3)
    tokens = [Token("a_b c,d;e"), Token("1234", TokenKind.KEY_CODE), Token("")]
    past.entries = [
        replace(it, token=token) for it, token in zip(past.entries, tokens, strict=True)
    ]
    tags = [body.split(" ")[7] for _, kind, body in parsed(page(past, 0)) if kind == "txstart"]
    assert tags == ["a-b-c-d-e", "***", "(null)"]


@pytest.mark.parametrize(
    ("reason", "number"),
    [(StopReason.LOCAL, 1), (StopReason.POWER_LOSS, 5), (StopReason.TIMEOUT, 0), (None, 255)],
)
def test_reasons_are_numbers(reason: StopReason | None, number: int) -> None:
    """Those that have none of their own are other ones."""
    past = made_up([About.BEGIN])
    past.entries = [replace(past.entries[0], reason=reason)]
    assert f" {number} N\n" in page(past, 0)


@pytest.fixture
async def asked(
    desk: TinyDesk, events: EventStream, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station whose past is on a disk."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await one_after_the_other(ours, *(f"t{number}" for number in range(30)))
    app: FastAPI = make_app(desk, events, history=ours)
    app.include_router(transactions.routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as connected:
        yield connected
    store.close()


async def test_the_route_gives_pages_of_a_real_file(asked: httpx.AsyncClient) -> None:
    """The first at 0, the rest by the last offset, and nothing past the end."""
    first = await asked.get("/api/transactions?offset=0")
    rest = await asked.get(f"/api/transactions?offset={parsed(first.text)[-1][0]}")
    end = await asked.get("/api/transactions?offset=181")
    far = await asked.get(f"/api/transactions?offset={10**30}")
    assert first.headers["content-type"] == "text/plain; charset=utf-8"
    assert (await asked.get("/api/transactions")).text == first.text
    assert parsed(rest.text)[0][0] > parsed(first.text)[-1][0]
    assert (end.status_code, end.text, far.text) == (200, "", "")


async def test_an_offset_that_is_none_is_refused(asked: httpx.AsyncClient) -> None:
    """With the place where it stands."""
    wrong = await asked.get("/api/transactions?offset=-1")
    assert wrong.status_code == 400
    assert "offset" in wrong.json()["detail"]


async def test_a_power_cut_in_the_middle_loses_no_record(tmp_path: Path) -> None:
    """What was read before is read after, at the same offset."""
    store = Store.open(tmp_path / "db")
    ours = store.station("a")
    await ours.commit([], [started("t1"), sampled("t1", 60.0, 30.0)])
    before = page(ours, 0)
    # Nobody closes the file: another process finds it as a power cut left it.
    again = Store.open(tmp_path / "db")
    after = page(again.station("a"), 0)
    await again.station("a").commit([], [ended("t1", 90.0, 40.0)])
    longer = page(again.station("a"), 0)
    again.close()
    store.close()
    assert before == after
    assert parsed(longer)[1:3] == parsed(after)[1:]
    assert [it[0] for it in parsed(longer)] == [2, 3, 4, 6, 7]
