"""The text of the log, and every client's own way through its pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.compatible import log
from laadpaal.local_api.compatible.log import PAGE, page
from laadpaal.local_api.events import EventStream
from tests.local_api.conftest import TinyDesk
from tests.support.past import MadeUpLog

Ask = Callable[[int], str]
AT = "2020-10-27T09:05:02.621Z"
KINDS = {"INFO", "WARNING", "ERROR", "USER", "CONSOLE", "SEC", "COM"}
"""Those that one client keeps."""
MOST_PAGES = 100


def made_up(lines: int, oldest: int = 0) -> MadeUpLog:
    """Return a log of so many lines."""
    return MadeUpLog([f"{AT}:INFO:station.py:12:line {it}" for it in range(lines)], oldest)


def ids(text: str) -> list[int]:
    """Return the id of each line."""
    return [int(line.partition("_")[0]) for line in text.splitlines()]


def saving(ask: Ask) -> list[int]:
    """Go back by the number of lines that came, until none does."""
    seen: list[int] = []
    for _ in range(MOST_PAGES):
        found = ids(ask(len(seen)))
        if not found or set(found) <= set(seen):
            return seen
        seen += found
    raise AssertionError("it walks for ever")


def by_pages(ask: Ask) -> list[int]:
    """Go back by 32 until a page is empty or an id is 0."""
    seen: list[int] = []
    for number in range(MOST_PAGES):
        found = ids(ask(number * 32))
        seen += found
        if not found or 0 in found:
            return seen
    raise AssertionError("it walks for ever")


def library(ask: Ask) -> list[int]:
    """Go back by 32, read from the newest of each page, until an id is 0 or 250 lines are read."""
    seen: list[int] = []
    for number in range(MOST_PAGES):
        for line in reversed(ask(number * 32).splitlines()):
            head, _, rest = line.partition("_")
            assert rest[24] == ":"
            assert len(rest[25:].split(":", 3)) == 4
            seen.append(int(head))
            if seen[-1] == 0 or len(seen) == 250:
                return seen
    raise AssertionError("it walks for ever")


@pytest.mark.parametrize("walk", [saving, by_pages, library])
@pytest.mark.parametrize("lines", [1, 31, 32, 33, 64, 200])
def test_every_client_comes_to_the_oldest_line(
    walk: Callable[[Ask], list[int]], lines: int
) -> None:
    """Each line once; the oldest has the id 0 as long as none has been let go."""
    book = made_up(lines)
    seen = walk(lambda offset: page(book, offset))
    assert sorted(seen) == [number * 128 for number in range(lines)]


@pytest.mark.parametrize("walk", [saving, by_pages, library])
def test_clients_come_to_an_end_where_old_lines_have_gone(
    walk: Callable[[Ask], list[int]],
) -> None:
    """One needs an id of 0 or 250 lines, and there are more than that in any file."""
    book = made_up(900, 500)
    seen = walk(lambda offset: page(book, offset))
    assert len(set(seen)) == (250 if walk is library else 400)
    assert min(seen) >= 500 * 128


def test_steps_of_sixteen_show_every_line() -> None:
    """The live view of one client asks so, and passes over what it has."""
    book = made_up(300)
    seen = {it for offset in range(0, 250, 16) for it in ids(page(book, offset))}
    assert len(seen) >= 250


def test_a_page_is_oldest_first_and_ends_with_the_newest() -> None:
    """Pages meet without a gap, and past the end there is nothing."""
    book = made_up(70)
    pages = [ids(page(book, offset)) for offset in (0, 32, 64, 70, 9999)]
    assert [len(it) for it in pages] == [PAGE, PAGE, 6, 0, 0]
    assert pages[0][-1] == 69 * 128
    assert pages[2] + pages[1] + pages[0] == [number * 128 for number in range(70)]


def test_each_line_has_all_its_fields() -> None:
    """Kinds as clients know them, a short name of the source, and never an empty text."""
    book = MadeUpLog(
        [
            f"{AT}:USER:taskModbus.c:802:Meter #2: first meter update",
            f"{AT}:SECURITY:a_very_long_module_name.py:1:x",
            f'{AT}:COM:link.py:294:-> [2,"1","Heartbeat",{{}}]',
            f"{AT}:RESET:x.py:1:",
            "torn in the mid",
        ]
    )
    found = page(book, 0).splitlines()
    assert found[0] == f"0_{AT}:USER:taskModbus.c:802:Meter #2: first meter update"
    assert found[1] == f"128_{AT}:SEC:a_very_long_modu:1:x"
    assert found[2].endswith(':COM:link.py:294:-> [2,"1","Heartbeat",{}]')
    assert found[3].endswith(":INFO:x.py:1: ")
    for line in found:
        match = re.fullmatch(r"\d{1,19}_\d{4}-\d\d-\d\dT[\d:.]{12}Z:([A-Z]+):[^:]+:\d+:.+", line)
        assert match
        assert match[1] in KINDS


async def test_the_route_gives_pages(desk: TinyDesk, events: EventStream) -> None:
    """The newest at 0, and nothing past the end, whatever is asked."""
    app = make_app(desk, events, log_book=made_up(40))
    app.include_router(log.routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asked:
        newest = await asked.get("/api/log?offset=0")
        rest = await asked.get("/api/log?offset=32")
        far = await asked.get(f"/api/log?offset={10**30}")
        wrong = await asked.get("/api/log?offset=-1")
        assert (await asked.get("/api/log")).text == newest.text
    assert (len(ids(newest.text)), len(ids(rest.text))) == (32, 8)
    assert (far.status_code, far.text) == (200, "")
    assert wrong.status_code == 400
