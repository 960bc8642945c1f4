"""`/v1/messages`: what has lately gone between station and CSMS."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.ports.messages import Message
from tests.local_api.conftest import TinyDesk, client
from tests.support.past import MadeUpMessages

ACTIONS = ("Heartbeat", "MeterValues", "BootNotification")


@pytest.fixture
async def asked(desk: TinyDesk, events: EventStream) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of a station that has said a little."""
    said = [
        Message(n, 5.0, n % 2 == 0, "call", f"i{n}", ACTIONS[n % 3], 9, f"Text {n}")
        for n in range(1, 31)
    ]
    async with client(make_app(desk, events, messages=MadeUpMessages(said))) as connected:
        yield connected


async def test_pages_go_from_the_newest_to_the_oldest(asked: httpx.AsyncClient) -> None:
    """Each says where the next begins, and the last that there is none."""
    first = (await asked.get("/v1/messages?limit=20")).json()
    rest = (await asked.get(f"/v1/messages?limit=20&before={first['before']}")).json()
    numbers = [it["number"] for it in first["messages"] + rest["messages"]]
    assert numbers == list(range(30, 0, -1))
    assert rest["before"] is None
    assert first["messages"][0] == {
        "number": 30, "at": 5.0, "sent": True, "kind": "call", "id": "i30",
        "action": "Heartbeat", "size": 9, "text": "Text 30", "error": "",
    }  # fmt: skip


async def test_messages_are_sought_by_action_and_text(asked: httpx.AsyncClient) -> None:
    """In any case of letters; an answer is found by the name of its call."""
    named = (await asked.get("/v1/messages?action=metervalues")).json()["messages"]
    both = (await asked.get("/v1/messages?action=Heartbeat&text=text%202")).json()["messages"]
    called = (await asked.get("/v1/messages?text=BOOT")).json()["messages"]
    assert {it["action"] for it in named} == {"MeterValues"}
    assert {it["action"] for it in called} == {"BootNotification"}
    assert [it["number"] for it in both] == [27, 24, 21]


async def test_messages_are_saved_as_a_file(asked: httpx.AsyncClient) -> None:
    """Oldest first, a line for each."""
    saved = await asked.get("/v1/messages.jsonl?action=Heartbeat")
    lines = [json.loads(line) for line in saved.text.splitlines()]
    assert [it["number"] for it in lines] == list(range(3, 31, 3))
    assert saved.headers["content-disposition"] == 'attachment; filename="messages.jsonl"'


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "before=-1", f"text={'x' * 201}"])
async def test_a_question_that_is_none_is_refused(asked: httpx.AsyncClient, query: str) -> None:
    """With the place where it stands."""
    wrong = await asked.get(f"/v1/messages?{query}")
    assert wrong.status_code == 422
    assert query.partition("=")[0] in wrong.json()["detail"]
