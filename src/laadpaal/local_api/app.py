"""Puts the control API together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastapi import APIRouter, FastAPI

from laadpaal.local_api import (
    accounts,
    cards,
    csms,
    display,
    evses,
    firmware,
    limits,
    log,
    login,
    metrics,
    pages,
    problems,
    properties,
    schema,
    security,
    sessions,
    shown,
    speed,
    station,
)
from laadpaal.local_api import bench as bench_room
from laadpaal.local_api import certificates as certificate_room
from laadpaal.local_api import messages as messages_room
from laadpaal.local_api.doors import SmallBodies, Turnstile
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import (
    Certificates,
    Counts,
    CsmsLink,
    Entrance,
    Given,
    Painter,
    PowerCut,
    SecurityLog,
    Showcase,
)
from laadpaal.local_api.listing import Book
from laadpaal.local_api.uploads import routes as uploads
from laadpaal.ports.bench import Bench
from laadpaal.ports.history import History
from laadpaal.ports.log import LogBook
from laadpaal.ports.messages import Messages
from laadpaal.ports.pace import Pace
from laadpaal.ports.station import ExplainingDesk
from laadpaal.ports.troubles import Troubles
from laadpaal.ports.updates import UploadSlot
from laadpaal.properties.book import BY_ID


def make_app(
    desk: ExplainingDesk,
    events: EventStream,
    link: CsmsLink | None = None,
    bench: Bench | None = None,
    power_cut: PowerCut | None = None,
    *,
    troubles: Troubles | None = None,
    book: Book = BY_ID,
    security_log: SecurityLog | None = None,
    pictures: Painter | None = None,
    history: History | None = None,
    entrance: Entrance | None = None,
    log_book: LogBook | None = None,
    messages: Messages | None = None,
    slot: UploadSlot | None = None,
    counts: Callable[[], Counts] | None = None,
    certificates: Certificates | None = None,
    showcase: Showcase | None = None,
    pace: Pace | None = None,
) -> FastAPI:
    """Return the ASGI application; what the station does not have, has no routes.

    Args:
        desk: Where wishes are asked and facts are brought.
        events: Told every notice by whoever runs the station.
        link: The connection to the CSMS.
        bench: The world around a simulated station.
        power_cut: Its route is the bench's, so it takes a bench as well.
        troubles: What can be made to go wrong; a part of the bench.
        book: The properties that are shown.
        security_log: Reads the log of security events.
        pictures: Paints what people read on the display.
        history: The transactions that were and are.
        entrance: Where people log in.
        log_book: The log, line by line.
        messages: What has lately gone between station and CSMS.
        slot: Takes firmware that somebody brings.
        counts: Tells what this process has done.
        certificates: Returns those that the station keeps.
        showcase: What it shows over HTTPS.
        pace: How quickly its time passes.
    """
    app = _bare()
    given = Given(
        desk=desk,
        events=events,
        link=link,
        bench=bench,
        power_cut=power_cut,
        book=book,
        security_log=security_log,
        pictures=pictures,
        troubles=troubles,
        history=history,
        entrance=entrance,
        log=log_book,
        messages=messages,
        slot=slot,
        counts=counts,
        certificates=certificates,
        showcase=showcase,
        pace=pace,
    )
    app.state.given = given
    app.add_middleware(SmallBodies, spared=uploads.PATHS)
    app.add_middleware(Turnstile)
    problems.install(app)
    for router in _routers(given):
        app.include_router(router)
    return app


def _bare() -> FastAPI:
    return FastAPI(
        title="Laadpaal control API",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )


def _routers(given: Given) -> Iterator[APIRouter]:
    yield pages.routes()
    yield from (schema.routes(), station.routes(), evses.routes(), properties.routes())
    yield limits.routes()
    yield metrics.routes()
    yield cards.routes()
    optional: tuple[tuple[object, Callable[[], APIRouter]], ...] = (
        (given.link, csms.routes),
        (given.security_log, security.routes),
        (given.history, sessions.routes),
        (given.log, log.routes),
        (given.messages, messages_room.routes),
        (given.slot, uploads.routes),
        (given.slot, firmware.routes),
        (given.entrance, login.routes),
        (given.entrance, accounts.routes),
        (given.certificates, certificate_room.routes),
        (given.showcase, shown.routes),
        (given.pictures, display.routes),
        (given.pace, speed.routes),
    )
    yield from (routes() for thing, routes in optional if thing)
    if given.bench:
        yield bench_room.routes(
            power_cut=given.power_cut is not None, troubles=given.troubles is not None
        )
