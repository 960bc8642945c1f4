"""`/v1/sessions`: pages, charts and files of the transactions that were and are."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from laadpaal.local_api.app import make_app
from laadpaal.local_api.events import EventStream
from laadpaal.station.words import Token, TokenKind
from laadpaal.storage import Store
from laadpaal.storage.store import StationStore
from tests.local_api.conftest import TinyDesk, client
from tests.storage.test_history import ended, one_after_the_other, sampled, started


@pytest.fixture
def past(tmp_path: Path) -> StationStore:
    """Return the share of a station without any past."""
    return Store.open(tmp_path / "db").station("a")


@pytest.fixture
async def asked(
    desk: TinyDesk, events: EventStream, past: StationStore
) -> AsyncIterator[httpx.AsyncClient]:
    """Return a client of that station."""
    async with client(make_app(desk, events, history=past)) as connected:
        yield connected


async def test_pages_go_from_the_newest_to_the_oldest(
    asked: httpx.AsyncClient, past: StationStore
) -> None:
    """Each page says where the next one is, and the last that there is none."""
    await one_after_the_other(past, "t0", "t1", "t2")
    first = (await asked.get("/v1/sessions?limit=2")).json()
    rest = (await asked.get(f"/v1/sessions?limit=2&before={first['before']}")).json()
    assert [it["id"] for it in first["sessions"]] == ["t2", "t1"]
    assert [it["id"] for it in rest["sessions"]] == ["t0"]
    assert rest["before"] is None
    assert first["sessions"][0] == {
        "id": "t2", "evse": 1, "connector": 1, "started_at": 7200.0, "ended_at": 10799.0,
        "energy_wh": 500.0, "meter_start_wh": 10.0, "meter_wh": 510.0, "token": "04AB",
        "csms_id": None, "reason": "EVDisconnected", "waiting": True, "charged_s": 10799.0,
        "offset": 7,
    }  # fmt: skip


async def test_pages_are_of_an_evse_and_a_time(
    asked: httpx.AsyncClient, past: StationStore
) -> None:
    """What ended before, or began after, is left out."""
    await one_after_the_other(past, "t0", "t1", "t2")
    await past.commit([], [started("other", 4000.0, 2)])
    seen = (await asked.get("/v1/sessions?evse=1&since=3600&until=7200")).json()
    other = (await asked.get("/v1/sessions?evse=2")).json()
    assert [it["id"] for it in seen["sessions"]] == ["t1"]
    assert [(it["id"], it["ended_at"]) for it in other["sessions"]] == [("other", None)]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "evse=0", f"evse={2**63}", "before=-1", f"before={2**63}",
        "since=soon",
    ],
)  # fmt: skip
async def test_a_question_that_is_none_is_refused(asked: httpx.AsyncClient, query: str) -> None:
    """With the place where it stands."""
    wrong = await asked.get(f"/v1/sessions?{query}")
    assert wrong.status_code == 422
    assert query.partition("=")[0] in wrong.json()["detail"]


async def test_one_session_has_its_chart(asked: httpx.AsyncClient, past: StationStore) -> None:
    """The registers, and what power they tell of."""
    await one_after_the_other(past, "t0")
    seen = (await asked.get("/v1/sessions/t0")).json()
    assert seen["session"]["energy_wh"] == 500.0
    assert [(it["at"], it["meter_wh"]) for it in seen["samples"]] == [
        (0.0, 10.0), (60.0, 70.0), (3599.0, 510.0),
    ]  # fmt: skip
    assert seen["samples"][1]["mean_w"] == 3600.0


async def test_nobody_has_that_session(asked: httpx.AsyncClient) -> None:
    """Neither it nor its samples are there."""
    for path in ("/v1/sessions/nobody", "/v1/sessions/nobody/samples.csv"):
        wrong = await asked.get(path)
        assert wrong.status_code == 404
        assert wrong.json()["detail"] == "there is no session nobody"


async def test_sessions_are_saved_as_files(asked: httpx.AsyncClient, past: StationStore) -> None:
    """All that are sought, whatever a page would hold."""
    await one_after_the_other(past, "t0", "t1")
    table = await asked.get("/v1/sessions.csv?since=3600")
    whole = await asked.get("/v1/sessions.json")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.headers["content-disposition"] == 'attachment; filename="sessions.csv"'
    assert list(csv.DictReader(io.StringIO(table.text))) == [
        {
            "started (UTC)": "1970-01-01 01:00:00", "ended (UTC)": "1970-01-01 01:59:59",
            "EVSE": "1", "connector": "1", "token": "04AB", "energy kWh": "0.5",
            "start kWh": "0.01", "end kWh": "0.51", "charged s": "7199",
            "reason": "EVDisconnected", "id": "t1", "CSMS id": "",
        }
    ]  # fmt: skip
    assert [it["id"] for it in whole.json()] == ["t1", "t0"]
    assert whole.headers["content-disposition"] == 'attachment; filename="sessions.json"'


async def test_samples_are_saved_as_a_file(asked: httpx.AsyncClient, past: StationStore) -> None:
    """A row for each instant, with why there was no more, and empty cells for the unknown."""
    value = sampled("t0", 60.0, 70.0)
    value = replace(value, sample=replace(value.sample, limit_a=13.0, because="station"))
    await past.commit([], [started("t0"), value])
    table = await asked.get("/v1/sessions/t0/samples.csv")
    rows = list(csv.reader(io.StringIO(table.text)))
    assert rows[0][-2:] == ["limit A", "limited by"]
    assert rows[1] == ["1970-01-01 00:00:00", "0.01", *[""] * 11]
    assert rows[2][:4] == ["1970-01-01 00:01:00", "0.07", "3600.0", ""]
    assert rows[2][-2:] == ["13.0", "station"]
    story = (await asked.get("/v1/sessions/t0")).json()
    assert [(it["limit_a"], it["because"]) for it in story["samples"]] == [
        (None, None), (13.0, "station"),
    ]  # fmt: skip


async def test_nothing_in_a_table_is_run_by_a_spreadsheet(
    asked: httpx.AsyncClient, past: StationStore
) -> None:
    """A token may be any text of anybody, and a code that was keyed in is shown nowhere."""
    formula, code = Token("=1+1"), Token("4711", TokenKind.KEY_CODE)
    await past.commit([], [replace(started("t0"), token=formula), ended("t0", 9.0, 10.0)])
    await past.commit([], [replace(started("t1"), token=code)])
    text = (await asked.get("/v1/sessions.csv")).text
    assert ",'=1+1," in text
    assert "4711" not in text + (await asked.get("/v1/sessions.json")).text


async def test_sessions_are_forgotten_on_demand(
    asked: httpx.AsyncClient, past: StationStore
) -> None:
    """The page is empty from then on, and what comes later is shown."""
    await one_after_the_other(past, "t0")
    gone = await asked.delete("/v1/sessions")
    empty = (await asked.get("/v1/sessions")).json()
    await one_after_the_other(past, "t1")
    later = (await asked.get("/v1/sessions")).json()
    assert gone.json() == {"answer": "accepted", "transaction": None}
    assert empty == {"sessions": [], "before": None}
    assert [it["id"] for it in later["sessions"]] == ["t1"]
