"""`/v1/log`: lines back from the newest, by kind and text, and as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import Aside, EventStream
from laadpaal.local_api.lines import LOOKED_AT, parts
from laadpaal.ports.log import Written
from tests.local_api.conftest import TinyDesk, client
from tests.support.past import MadeUpLog

AT = "2020-10-27T09:05:02.621Z"


@pytest.fixture
def book() -> MadeUpLog:
    """Return a log in which every hundredth line is a warning."""
    kinds = ("WARNING" if number % 100 == 7 else "INFO" for number in range(6000))
    return MadeUpLog([f"{AT}:{kind}:a.py:1:Line {it}" for it, kind in enumerate(kinds)])


@pytest.fixture
async def asked(
    desk: TinyDesk, events: EventStream, book: MadeUpLog
) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station with that log."""
    async with client(make_app(desk, events, log_book=book)) as connected:
        yield connected


async def test_pages_go_back_to_the_oldest_line(asked: httpx.AsyncClient, book: MadeUpLog) -> None:
    """Each says where the next begins, and the last that there is none."""
    del book.lines[250:]
    seen: list[int] = []
    before = ""
    while True:
        page = (await asked.get(f"/v1/log?limit=100{before}")).json()
        seen += [line["id"] for line in page["lines"]]
        if page["before"] is None:
            break
        before = f"&before={page['before']}"
    assert seen == [number * 128 for number in reversed(range(250))]


async def test_a_line_is_taken_apart(asked: httpx.AsyncClient) -> None:
    """Into what a table shows."""
    page = (await asked.get("/v1/log?limit=1")).json()
    assert page["lines"] == [
        {"id": 5999 * 128, "at": AT, "kind": "INFO", "source": "a.py:1", "text": "Line 5999"}
    ]


async def test_lines_are_sought_by_kind_and_text(asked: httpx.AsyncClient) -> None:
    """No answer looks at all there is, and each tells where to go on."""
    first = (await asked.get("/v1/log?kind=warning&limit=500")).json()
    rest = (await asked.get(f"/v1/log?kind=WARNING&before={first['before']}")).json()
    text = (await asked.get("/v1/log?text=LINE%2059&limit=500")).json()
    nothing = (await asked.get("/v1/log?text=absent")).json()
    assert len(first["lines"]) + len(rest["lines"]) == 60
    assert rest["before"] is None
    assert {line["text"][:7] for line in text["lines"]} == {"Line 59"}
    assert (nothing["lines"], nothing["before"]) == ([], (6000 - LOOKED_AT) * 128)


async def test_lines_that_have_gone_are_none(asked: httpx.AsyncClient, book: MadeUpLog) -> None:
    """The oldest that is left ends it, and so does asking before it."""
    book.oldest = 5950
    page = (await asked.get("/v1/log?limit=100")).json()
    gone = (await asked.get("/v1/log?before=128")).json()
    assert (len(page["lines"]), page["before"]) == (50, None)
    assert gone == {"lines": [], "before": None}


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "before=-1", f"text={'x' * 201}"])
async def test_a_question_that_is_none_is_refused(asked: httpx.AsyncClient, query: str) -> None:
    """With the place where it stands."""
    wrong = await asked.get(f"/v1/log?{query}")
    assert wrong.status_code == 422
    assert query.partition("=")[0] in wrong.json()["detail"]


async def test_the_stream_tells_lines_to_those_who_ask(events: EventStream) -> None:
    """Others hear notices only."""
    plain, wanting = events.listen(), events.listen([Aside.LOG])
    for listener in (plain, wanting):
        assert await anext(listener) == b": listening\n\n"
    events.tell_aside(Aside.LOG, parts(Written(3, f"{AT}:INFO:a.py:1:x")))
    events.tell_aside(Aside.MESSAGES, parts(Written(4, f"{AT}:INFO:a.py:1:y")))
    events.close()
    told = [frame async for frame in wanting]
    assert told[0].startswith(b'event: LogLine\ndata: {"id":384,')
    assert len(told) == 2
    assert [frame async for frame in plain] == told[1:]
