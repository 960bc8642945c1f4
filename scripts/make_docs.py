"""Write the reference pages from the code they describe, or check that they are current."""

from __future__ import annotations

import argparse
import ast
import importlib
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from laadpaal.cli.book import rows
from laadpaal.csms.dialect import Dialect
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.csms.v201 import refusals as refusals201
from laadpaal.local_api.app import make_app
from laadpaal.local_api.doorman import Doorman
from laadpaal.local_api.events import EventStream
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.objects.row import Row as ObjectRow
from laadpaal.local_api.objects.table import table as table_of
from laadpaal.local_api.visitors import Logins
from laadpaal.modbus_slave.evse_table import EVSE
from laadpaal.modbus_slave.rows import Row
from laadpaal.modbus_slave.station_table import STATION, UNIT
from laadpaal.ports.accounts import Account, User
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.history import Happening, Measured, Session, Sought
from laadpaal.ports.log import Written
from laadpaal.ports.messages import Message
from laadpaal.ports.troubles import Parameter
from laadpaal.ports.updates import GOOD, Verdict
from laadpaal.properties.book import BOOK
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.modbus.asked import ExceptionCode
from laadpaal.protocols.modbus.blocks import blocks
from laadpaal.protocols.modbus.models import MODELS
from laadpaal.protocols.modbus.registers import Model
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config
from laadpaal.runtime.pace import StationPace
from laadpaal.runtime.troubles import ROWS
from laadpaal.runtime.turns import Turns
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.station.carriage import UpdateCode
from laadpaal.station.events import FaultRaised
from laadpaal.station.faults import FAULTS, Fault
from laadpaal.station.layout import ConnectorLayout, EvseLayout, GridLink, Layout, Outlet
from laadpaal.station.moment import Moment
from laadpaal.station.readings import places, read
from laadpaal.station.station import Station

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Written by scripts/docs; do not edit. -->"


def table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for line in lines:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |"


def properties() -> Iterator[str]:
    """Yield the page of all properties."""
    yield "# Properties"
    yield ""
    yield "Every setting and live reading, by id, with its names in both versions of OCPP."
    yield "`laadpaal properties --json` prints the same."
    yield ""
    head = ("id", "type", "unit", "default", "1.6", "2.0.1", "what it is")
    yield from table(head, map(_property, rows()))


def _property(row: Mapping[str, Any]) -> Sequence[object]:
    default = "live" if row["live"] else f"`{row['default']}`" if row["default"] != "" else ""
    names = (", ".join(f"`{name}`" for name in row[column]) for column in ("keys", "variables"))
    kind = row["type"] + (" per EVSE" if row["scope"] == "evse" else "")
    return (f"`{row['id']}`", kind, row["unit"], default, *names, row["help"])


def meters() -> Iterator[str]:
    """Yield the page of the energy meters that are known, and of their registers."""
    yield "# Energy meters"
    yield ""
    yield "The models that `[evse.meter]` and `[grid.meter]` may name, and what is read of each."
    yield "How to: [connect a meter](../howto/connect-a-meter.md)."
    yield "Baud, parity and unit are what a new one usually has; its display tells what it has now."
    yield ""
    head = ("model", "maker", "lines", "baud", "parity", "unit", "function", "requests")
    yield from table(head, map(_meter, MODELS.values()))
    for names, model in _maps():
        yield ""
        yield f"## {names}"
        yield ""
        it = model.map
        yield f"Function {it.function}, {it.order.value} word first."
        yield f"At most {it.most} registers in one request."
        if it.marked:
            yield "The highest number of a type says that there is none."
        yield ""
        yield from table(
            ("quantity", "address", "hexadecimal", "type", "power of ten"),
            (
                (
                    quantity.value,
                    place.address,
                    f"{place.address:04X}",
                    place.kind.value,
                    place.tens,
                )
                for quantity, place in it.registers.items()
            ),
        )


def _meter(model: Model) -> Sequence[object]:
    it = model.map
    serial = (model.baud, model.parity, model.unit)
    return (f"`{model.name}`", model.maker, model.lines, *serial, it.function, len(blocks(it)))


def _maps() -> Iterator[tuple[str, Model]]:
    """Yield each map once, with all models that have it."""
    for map_ in {id(model.map): model.map for model in MODELS.values()}.values():
        having = [model for model in MODELS.values() if model.map is map_]
        yield ", ".join(model.name for model in having), having[0]


def modbus_registers() -> Iterator[str]:
    """Yield the page of the registers that an energy manager reads and writes."""
    yield "# Modbus registers of the station"
    yield ""
    yield "What an energy manager reads and writes over Modbus TCP."
    yield "How to: [connect an energy manager](../howto/connect-an-energy-manager.md)."
    yield "Addresses are those on the wire; the high byte and the high word come first."
    yield "Function 3 reads, 6 writes one register, and 16 writes several."
    yield "Any range from the first register of a unit to its last can be read in one request."
    yield "A register with nothing to tell, or between two values, reads FFFF."
    yield "Texts have two letters in each register, and end in zeros."
    units = (
        (f"Unit {UNIT}: the station", STATION),
        ("Units 1, 2 and so on: each is the EVSE of that number", EVSE),
    )
    for title, it in units:
        yield ""
        yield f"## {title}"
        yield ""
        head = ("address", "registers", "type", "unit", "access", "what it is")
        yield from table(head, map(_register, it.rows))
    yield ""
    yield "## Exception codes"
    yield ""
    yield from table(("code", "when"), MODBUS_EXCEPTIONS.items())


def _register(row: Row[Any]) -> Sequence[object]:
    access = "write" if row.wish else "read"
    return (row.address, row.count, row.kind.value, row.unit, access, row.what)


MODBUS_EXCEPTIONS = {
    ExceptionCode.FUNCTION.value: "the function is none of 3, 6 and 16",
    ExceptionCode.ADDRESS.value: (
        "there is no such register, it cannot be written, or not now, or not all of its value is"
    ),
    ExceptionCode.VALUE.value: (
        "it cannot have that value, as a current below 0 or lines that cannot be switched; "
        "or the request is malformed"
    ),
    ExceptionCode.BUSY.value: "the station is starting anew",
    ExceptionCode.NOBODY.value: "there is no such unit",
}


def messages() -> Iterator[str]:
    """Yield the page of what a CSMS may ask, and what it gets."""
    yield "# What a CSMS may ask"
    yield ""
    yield "An action that is not built is refused in the words its own answer has for it."
    dialects: tuple[tuple[str, Dialect, Mapping[str, object]], ...] = (
        ("OCPP 1.6", V16(logging.getLogger("docs")), {}),
        ("OCPP 2.0.1", V201(RealClock()), refusals201.UNSUPPORTED),
    )
    for title, dialect, refused in dialects:
        hears = sorted(dialect.tables.hears)
        yield ""
        yield f"## {title}"
        yield ""
        yield from table(
            ("action", "state"), ((f"`{a}`", "refused" if a in refused else "built") for a in hears)
        )


def api() -> Iterator[str]:
    """Yield the page of the control API's routes."""
    yield "# Control API"
    yield ""
    yield "The document itself, with all shapes, is at `/v1/openapi.json` of a running station."
    yield "Errors are `application/problem+json` (RFC 9457)."
    yield ""
    paths = _openapi()["paths"]
    yield from table(
        ("method", "path", "does"),
        (
            (f"`{method.upper()}`", f"`{path}`", _first(told.get("description", "")))
            for path, methods in sorted(paths.items())
            for method, told in sorted(methods.items())
        ),
    )


def troubles() -> Iterator[str]:
    """Yield the page of what can be made to go wrong."""
    yield "# Troubles"
    yield ""
    yield "What `laadpaal trouble` and `/v1/bench/faults` can make of a simulated station."
    yield "How to: [make the station misbehave](../howto/make-the-station-misbehave.md)."
    yield ""
    yield from table(
        ("trouble", "where", "what it does", "parameters", "how it ends"),
        (
            (
                f"`{one.name}`",
                one.place.value,
                one.does,
                "; ".join(map(_parameter, one.parameters)),
                one.ends,
            )
            for one in (row.trouble for row in ROWS)
        ),
    )


def _parameter(one: Parameter) -> str:
    span = ", ".join(one.words) if one.words else f"{one.lowest:g} to {one.highest:g}"
    default = f"{one.default:g}" if isinstance(one.default, float) else one.default
    return f"`{one.name}`: {one.says}, `{default}` unless told ({span})"


def _first(description: str) -> str:
    return description.split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _openapi() -> dict[str, Any]:
    clock, layout = RealClock(), Config().layout()
    station = Station(layout, Values(), iter(()))
    desk = Turns(station, clock, _Nowhere())
    bench = SimulatedBench(clock)
    app = make_app(
        desk,
        EventStream(),
        _NoLink(),
        bench,
        _no_cut,
        troubles=_NoTroubles(),
        security_log=lambda _since, _until: (),
        pictures=lambda _view, _evse: b"",
        history=_NoHistory(),
        entrance=_entrance(),
        log_book=_NoLog(),
        messages=_NoMessages(),
        slot=_NoSlot(),
        certificates=tuple,
        showcase=_NoShowcase(),
        pace=StationPace(RealClock()),
    )
    document: dict[str, Any] = app.openapi()
    return document


def _entrance() -> Entrance:
    return Entrance(Doorman(_NoAccounts(), lambda: 0.0, lambda _kind, _info: None), Logins())


class _NoAccounts:
    """Nobody has one."""

    def find(self, user: User) -> Account | None:  # noqa: ARG002  none
        """Return none."""
        return None

    async def keep(self, account: Account) -> None:
        """Do nothing."""

    async def drop(self, user: User) -> None:
        """Do nothing."""


class _Nowhere:
    """Keeps nothing, for nothing happens."""

    async def commit(self, records: object, notices: object) -> None:
        """Do nothing."""


class _NoShowcase:
    """Shows nothing."""

    @property
    def certificate(self) -> ServerCertificate:
        """Return none, and nobody asks."""
        raise NotImplementedError

    def replace(self, chain: str, key: str, utc: float) -> None:
        """Do nothing."""


class _NoHistory:
    """Remembers nothing."""

    def happenings(self, after: int, limit: int) -> tuple[Happening, ...]:  # noqa: ARG002  none
        """Return none."""
        return ()

    def sessions(self, sought: Sought, limit: int) -> tuple[Session, ...]:  # noqa: ARG002  none
        """Return none."""
        return ()

    def session(self, transaction: str) -> tuple[Session, tuple[Measured, ...]] | None:  # noqa: ARG002  none
        """Return none."""
        return None

    async def erase(self) -> None:
        """Do nothing."""


class _NoLog:
    """Has no line."""

    def span(self) -> range:
        """Return no number."""
        return range(0)

    def read(self, first: int, limit: int) -> tuple[Written, ...]:  # noqa: ARG002  none
        """Return none."""
        return ()


class _NoMessages:
    """Has heard nothing."""

    def last(self, before: int | None = None) -> tuple[Message, ...]:  # noqa: ARG002  none
        """Return none."""
        return ()


class _NoSlot:
    """Takes nothing."""

    code, progress, receiving = UpdateCode.NONE, 0, False

    async def begin(self, announced: int | None) -> Verdict:  # noqa: ARG002  nothing is taken
        """Do nothing."""
        return GOOD

    async def take(self, piece: bytes) -> Verdict:  # noqa: ARG002  nothing is taken
        """Do nothing."""
        return GOOD

    async def finish(self) -> Verdict:
        """Do nothing."""
        return GOOD

    async def abort(self, why: str) -> None:
        """Do nothing."""


class _NoLink:
    """A link that is only described."""

    def connect(self) -> None:
        """Do nothing."""

    def disconnect(self) -> None:
        """Do nothing."""

    def state(self) -> Mapping[str, object]:
        """Return nothing."""
        return {}


class _NoTroubles:
    """Troubles that are only described."""

    possible = ongoing = ()

    async def begin(self, trouble: str, evse: int, given: Mapping[str, object]) -> None:
        """Do nothing."""

    def end(self, trouble: str, evse: int) -> None:
        """Do nothing."""


async def _no_cut() -> None:
    """Do nothing."""


def conformance16() -> Iterator[str]:
    """Yield the page of the cases and requirements of OCPP 1.6, and the tests that show them."""
    yield from _head("1.6", "charge point")
    yield from _cases("1.6", _suite().table("1.6").CASES)
    yield from _requirements()


def conformance201() -> Iterator[str]:
    """Yield the page of the cases of OCPP 2.0.1, profile by profile."""
    yield from _head("2.0.1", "charging station")
    cases = _suite().table("2.0.1").CASES
    for profile in importlib.import_module("tests.conformance.v201.cases.profiles").PROFILES:
        here = [case for case in cases if case.profile == profile]
        yield ""
        yield f"## {profile}"
        yield ""
        yield from _cases("2.0.1", here)
        yield ""
        yield _stand("2.0.1", here)
    yield ""
    yield "## Outside the profiles"
    yield ""
    yield from _cases("2.0.1", [case for case in cases if not case.profile])


@cache
def _suite() -> Any:  # noqa: ANN401  a module
    """Return the script that plays the cases, which knows where they are."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))  # where scripts and tests lie, which are not installed
    return importlib.import_module("scripts.conformance")


def _head(version: str, station: str) -> Iterator[str]:
    cases = [case for case in _suite().table(version).CASES if case.counted]
    yield f"# OCPP {version} conformance"
    yield ""
    yield f"The {len(cases)} cases of a {station}, in our words: {_stand(version, cases)}"
    yield "The tests play them over a real websocket against a whole station."
    yield "Nothing here was run against the tool itself."
    yield "How to run them: [run the conformance suite](../howto/run-the-conformance-suite.md)."
    yield ""


def _stand(version: str, cases: Sequence[Any]) -> str:
    """Return how many of these cases are played, and how many are excused."""
    played = _played(version)
    shown = sum(case.id in played for case in cases)
    return f"{shown} shown, {len(cases) - shown} not."


def _cases(version: str, cases: Iterable[Any]) -> Iterator[str]:
    excused, tests = _suite().table(version).EXCUSED, _played(version)
    yield from table(
        ("case", "title", "what it demands", "shown by, or why it is not met"),
        (
            (
                f"`{case.id}`",
                case.title,
                case.demand,
                tests.get(case.id) or excused.get(case.id, "not yet"),
            )
            for case in cases
        ),
    )


def _requirements() -> Iterator[str]:
    """Yield what the standard and its white paper demand, section by section."""
    demanded = importlib.import_module("tests.conformance.v16.requirements.table")
    rows = demanded.REQUIREMENTS
    yield ""
    yield "## Requirements"
    yield ""
    yield "What OCPP 1.6 and its security white paper demand of a charge point, in our words."
    yield f"Of all {len(rows)}: {_count(rows)}"
    for section, title in demanded.SECTIONS.items():
        here = [row for row in rows if row.section == section]
        yield ""
        yield f"### {section} {title}"
        yield ""
        head = ("id", "requirement", "shown by, or why it is not met")
        yield from table(
            head, ((row.id, row.words, _named(row.tests) or row.reason) for row in here)
        )
        yield ""
        yield _count(here)


def _named(tests: Iterable[str]) -> str:
    return ", ".join(f"`{test}`" for test in tests)


def _count(rows: Sequence[Any]) -> str:
    shown = sum(bool(row.tests) for row in rows)
    return f"{shown} shown, {len(rows) - shown} not."


@cache
def _played(version: str) -> Mapping[str, str]:
    """Return the tests of each case, by its id."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / _suite().FOLDERS[version]).glob("test_*.py")):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            for id_ in _cases_of(function):
                test = f"`{path.relative_to(ROOT)}::{getattr(function, 'name', '')}`"
                found.setdefault(id_, []).append(test)
    return {id_: ", ".join(tests) for id_, tests in found.items()}


def _cases_of(function: ast.stmt) -> Iterator[str]:
    """Yield the cases that a test, or a row of it, is marked with."""
    marks = getattr(function, "decorator_list", ())
    for node in (node for mark in marks for node in ast.walk(mark)):
        match node:
            case ast.Call(func=ast.Name(id="case"), args=[ast.Constant(value=str(id_))]):
                yield id_
            case _:
                pass


def errors() -> Iterator[str]:
    """Yield the page of the error table, with what a CSMS sees of each row."""
    yield "# Error codes"
    yield ""
    yield "The number stands on the display and in the log; a CSMS is told it as vendorErrorCode."
    yield "A number keeps its meaning from release to release (S47)."
    yield "An error of an EVSE that stops *energy* pauses the transaction; *everything* ends it."
    yield "OCPP 2.0.1 has no error codes; it tells the variables of the last column instead."
    yield ""
    head = ("code", "severity", "text", "stops", "over when", "1.6 errorCode", "2.0.1 variables")
    yield from table(head, map(_error, FAULTS.values()))


def _error(fault: Fault) -> Sequence[object]:
    variables = ", ".join(f"`{name}`" for name in sorted(_seen_in_variables(fault.code)))
    code = f"{fault.code:03}"
    return (
        code,
        fault.severity.value,
        fault.info,
        fault.stops.value,
        fault.over.value,
        fault.error,
        variables,
    )


def _seen_in_variables(code: int) -> set[str]:
    """Return the variables of an EVSE that are others while it has a fault."""
    station, now = Station(Layout(), Values(), iter(())), Moment(0.0, 0.0)
    before = station.view()
    station.handle(FaultRaised(1, code), now)
    after = station.view()
    return {
        f"{variable.component}.{variable.name}"
        for row in BOOK
        if isinstance(row, Reading)
        for variable in row.variables
        for place in places(row, station.layout)
        if read(row, before, *place) != read(row, after, *place)
    }


def objects() -> Iterator[str]:
    """Yield the page of the objects of the compatible API."""
    yield "# Objects of the compatible API"
    yield ""
    yield "What `GET /api/prop` tells and `POST /api/prop` takes, by category."
    yield "How to: [use it with home automation](../howto/use-with-home-automation.md)."
    yield "The type is the number that is sent; `rw` can be written."
    yield "What is marked is there where the station has what it is about."
    yield "Instants are in milliseconds of UTC, and all units are the plain ones: A, V, W, Wh."
    plain = table_of(Layout(evses=(EvseLayout(),), display="none")).by_id
    for category, some in table_of(_WITH_ALL).by_category.items():
        yield ""
        yield f"## `{category}`"
        yield ""
        lines = (_object(one.row, always=one.row.id in plain) for one in some)
        yield from table(("id", "type", "access", "where", "what it is"), lines)


_WITH_ALL = Layout(
    evses=(EvseLayout((ConnectorLayout(), ConnectorLayout(Outlet.DOMESTIC)), signs=True),) * 2,
    grid=GridLink.P1,
    modem=True,
    payment=True,
    manager=True,
    scans=True,
    repeats=True,
)


def _object(row: ObjectRow, *, always: bool) -> Sequence[object]:
    access = "rw" if row.write else "r"
    return (f"`{row.id}`", int(row.code), access, "" if always else "where there is one", row.help)


PAGES = {
    "errors.md": errors,
    "properties.md": properties,
    "meters.md": meters,
    "objects.md": objects,
    "messages.md": messages,
    "modbus-registers.md": modbus_registers,
    "api.md": api,
    "troubles.md": troubles,
    "ocpp16.md": conformance16,
    "ocpp201.md": conformance201,
}


def text_of(page: Callable[[], Iterator[str]]) -> str:
    """Return a page as it stands in its file."""
    return "\n".join([NOTE, "", *page()]) + "\n"


def main() -> int:
    """Write the pages; with --check, return 1 and name those that are not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, text_of(page)
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(name)
        elif not check:
            FOLDER.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not current, run scripts/docs: {', '.join(stale)}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
