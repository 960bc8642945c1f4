"""`/v1/sessions`: the transactions that were and are, for people, charts and spreadsheets."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from laadpaal.local_api import past, schema
from laadpaal.local_api.given import PastSessions
from laadpaal.local_api.past import SessionReply, SessionsReply, SessionStoryReply
from laadpaal.local_api.problems import JSON, Problem
from laadpaal.local_api.render import reply, to_json
from laadpaal.local_api.replies import AnswerReply
from laadpaal.local_api.sheets import MEDIA_TYPE, Cell, download, instant, sheet
from laadpaal.ports.history import Measured, Session, Sought

MOST = 100
"""Sessions on a page."""
EVERYTHING = 100_000
"""More than any station keeps."""
LARGEST = 2**63 - 1
"""No number in the database is larger."""
KILO = 1000.0
_HEAD = (
    "started (UTC)", "ended (UTC)", "EVSE", "connector", "token", "energy kWh", "start kWh",
    "end kWh", "charged s", "reason", "id", "CSMS id",
)  # fmt: skip
_SAMPLES_HEAD = (
    "time (UTC)", "register kWh", "mean W", "W", "L1 A", "L2 A", "L3 A", "L1 V", "L2 V", "L3 V",
    "offered A", "limit A", "limited by",
)  # fmt: skip


async def _sought(
    evse: Annotated[
        int | None, Query(description="Only those of this EVSE", ge=1, le=LARGEST)
    ] = None,
    since: Annotated[float | None, Query(description="UTC second; they ended later")] = None,
    until: Annotated[float | None, Query(description="UTC second; they began earlier")] = None,
    before: Annotated[
        int | None, Query(description="`before` of the last page", ge=0, le=LARGEST)
    ] = None,
) -> Sought:
    return Sought(evse, since, until, before)


Wanted = Annotated[Sought, Depends(_sought)]


def routes() -> APIRouter:
    """Return the routes of this resource."""
    router = schema.router("sessions")
    page = schema.told("A page of them, newest first", schema.shape(SessionsReply))
    one = schema.told("The session and its samples", schema.shape(SessionStoryReply))
    many = {"type": "array", "items": schema.shape(SessionReply)}
    text = {"type": "string"}
    whole = schema.told("All of them, as a file", many)
    rows = schema.told("All of them, for a spreadsheet", text, media=MEDIA_TYPE)
    chart = schema.told("Its samples, for a spreadsheet", text, media=MEDIA_TYPE)
    router.add_api_route("/v1/sessions", look, responses=page)
    router.add_api_route("/v1/sessions", erase, methods=["DELETE"], responses=schema.ANSWERED)
    router.add_api_route("/v1/sessions.json", as_json, responses=whole)
    router.add_api_route("/v1/sessions.csv", as_csv, responses=rows)
    router.add_api_route("/v1/sessions/{id}", look_at, responses=one)
    router.add_api_route("/v1/sessions/{id}/samples.csv", samples_as_csv, responses=chart)
    return router


async def look(
    history: PastSessions,
    wanted: Wanted,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
) -> Response:
    """Return a page of sessions, newest first."""
    found = history.sessions(wanted, limit)
    before = found[-1].offset if len(found) == limit else None
    return reply(SessionsReply(tuple(map(past.session, found)), before))


async def look_at(history: PastSessions, id: str) -> Response:  # noqa: A002  the name in the path
    """Return one session with what was measured in it."""
    session, samples = _found(history, id)
    return reply(SessionStoryReply(past.session(session), samples))


async def samples_as_csv(history: PastSessions, id: str) -> Response:  # noqa: A002  the name in the path
    """Return what was measured in one session, a row for each instant."""
    session, samples = _found(history, id)
    rows = map(_sample_row, samples)
    return download(sheet(_SAMPLES_HEAD, rows), f"session-{session.offset}.csv")


async def as_json(history: PastSessions, wanted: Wanted) -> Response:
    """Return all sessions that are sought, newest first, as a file."""
    found = tuple(map(past.session, history.sessions(wanted, EVERYTHING)))
    return download(to_json(found), "sessions.json", JSON)


async def as_csv(history: PastSessions, wanted: Wanted) -> Response:
    """Return all sessions that are sought, newest first, a row for each."""
    rows = map(_row, history.sessions(wanted, EVERYTHING))
    return download(sheet(_HEAD, rows), "sessions.csv")


async def erase(history: PastSessions) -> Response:
    """Forget all sessions; what runs and what the CSMS has yet to hear is only hidden."""
    await history.erase()
    return reply(AnswerReply("accepted"))


def _found(history: PastSessions, id_: str) -> tuple[Session, tuple[Measured, ...]]:
    found = history.session(id_)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no session {id_}")
    return found


def _row(seen: Session) -> tuple[Cell, ...]:
    return (
        instant(seen.started_at),
        instant(seen.ended_at),
        seen.evse,
        seen.connector,
        past.shown(seen.token),
        round(seen.energy_wh / KILO, 3),
        round(seen.meter_start_wh / KILO, 3),
        round(seen.meter_wh / KILO, 3),
        None if seen.charged_s is None else round(seen.charged_s),
        seen.reason.value if seen.reason else None,
        seen.id,
        seen.csms_id,
    )


def _sample_row(seen: Measured) -> tuple[Cell, ...]:
    nothing = (None, None, None)
    return (
        instant(seen.at),
        None if seen.meter_wh is None else round(seen.meter_wh / KILO, 3),
        None if seen.mean_w is None else round(seen.mean_w, 1),
        seen.power_w,
        *(seen.currents_a or nothing),
        *(seen.voltages_v or nothing),
        seen.offered_a,
        seen.limit_a,
        seen.because,
    )
