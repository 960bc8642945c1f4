"""The commands say what people need, and refuse with one line what people can mend."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from laadpaal import VERSION
from laadpaal.cli.app import app
from laadpaal.properties.book import BOOK
from laadpaal.properties.values import Values
from laadpaal.runtime.recorder import Recorder
from laadpaal.station.events import CablePlugged, PoweredUp
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.saved import Saved
from tests.runtime.stage import logger
from tests.support.world import NOON

RUNNER = CliRunner()


@pytest.fixture
def flight(tmp_path: Path) -> Path:
    """Return a recording of a station that started, and saw a cable."""
    path = tmp_path / "flight.jsonl"
    recorder = Recorder(path, logger(tmp_path))
    recorder.begin(Layout(), Values(), Saved())
    recorder.watch(PoweredUp(), Moment(1.0, NOON))
    recorder.watch(CablePlugged(1, 1, 32.0), Moment(2.0, NOON + 1.5))
    recorder.close()
    return path


def test_the_version_is_told() -> None:
    """One line, and nothing else happens."""
    told = RUNNER.invoke(app, ["--version"])

    assert (told.exit_code, told.stdout) == (0, f"{VERSION}\n")


def test_no_command_is_help() -> None:
    """Whoever does not know the commands is shown them."""
    told = RUNNER.invoke(app, [])

    assert told.exit_code in {0, 2}
    for command in ("run", "demo", "backoffice", "replay", "properties"):
        assert command in told.output


def test_every_property_is_listed() -> None:
    """One line each, under a heading."""
    told = RUNNER.invoke(app, ["properties"])

    assert told.exit_code == 0
    ids = [line.split()[0] for line in told.stdout.splitlines()]
    assert ids == ["id", *sorted(row.id for row in BOOK)]


def test_properties_are_json_for_machines() -> None:
    """With both versions' names, and the default of no secret."""
    told = RUNNER.invoke(app, ["properties", "--json"])

    rows = {row["id"]: row for row in json.loads(told.stdout)}
    assert set(rows) == {row.id for row in BOOK}
    heartbeat = rows["2085_0"]
    assert heartbeat["keys"] == ["HeartbeatInterval"]
    assert heartbeat["variables"] == ["OCPPCommCtrlr.HeartbeatInterval"]
    assert (heartbeat["default"], heartbeat["unit"], heartbeat["live"]) == ("900", "s", False)


def test_a_recording_is_told_line_by_line(flight: Path) -> None:
    """What came in with its time, and indented what went out."""
    told = RUNNER.invoke(app, ["replay", str(flight)])

    lines = told.stdout.splitlines()
    assert told.exit_code == 0
    assert lines[:2] == ["=== life 1", "2023-11-15 12:00:00.000 PoweredUp()"]
    plugged = lines.index(
        "2023-11-15 12:00:01.500 CablePlugged(evse=1, connector=1, rating_a=32.0)"
    )
    kinds = {line.split()[0] for line in lines[2:plugged]}
    assert kinds <= {"record", "action", "notice"}
    assert "notice" in {line.split()[0] for line in lines[plugged + 1 :]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"is":"turn","at":{"mono":1,"utc":1e300},"kind":"PoweredUp","what":{}}\n', "no time"),
        ("garbage\n", "line 1"),
        (None, "No such file"),
    ],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, text: str | None, says: str) -> None:
    """Exit code 2, and one line that names the file and the reason."""
    path = tmp_path / "some.jsonl"
    if text:
        path.write_text(text)
    told = RUNNER.invoke(app, ["replay", str(path)])

    assert told.exit_code == 2
    assert told.stderr.count("\n") == 1
    assert says in told.stderr
    assert says == "no time" or str(path) in told.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sped = 2", "unknown field `sped`"),
        ("[[evse]]\nphases = 2", "`evse[0].phases`"),
        ('folder = "{}/file"\n[api]\nport = 0', "folder: "),
        ('folder = "{}/d"\n[csms]\nurl = "wss://x"\nca_file = "{}/no.pem"', "csms.ca_file: "),
        ('folder = "{}/d"\n[api]\nport = TAKEN', "api: cannot listen on 127.0.0.1 port TAKEN"),
    ],
)
def test_a_station_with_a_wrong_configuration_does_not_run(
    tmp_path: Path, text: str, says: str
) -> None:
    """Exit code 2, and one line with key and reason."""
    (tmp_path / "file").touch()
    path = tmp_path / "station.toml"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        path.write_text(text.replace("{}", str(tmp_path)).replace("TAKEN", port))
        told = RUNNER.invoke(app, ["run", "--config", str(path)])

    assert told.exit_code == 2
    assert told.stderr.startswith("laadpaal: ")
    assert told.stderr.count("\n") == 1
    assert says.replace("TAKEN", port) in told.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Exit code 2, and the path."""
    told = RUNNER.invoke(app, ["run", "--config", str(tmp_path / "none.toml")])

    assert told.exit_code == 2
    assert "none.toml" in told.stderr
    assert "No such file" in told.stderr


def test_a_back_office_on_a_taken_port_does_not_run() -> None:
    """Exit code 2, and one line with the address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = RUNNER.invoke(app, ["backoffice", "--port", port])

    assert told.exit_code == 2
    assert told.stderr.startswith(f"laadpaal: cannot listen on 127.0.0.1 port {port}: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["demo", "--json"], "--json is for --once"),
        (["demo", "--speed", "0.5"], "--speed"),
        (["demo", "--speed", "inf"], "--speed"),
        (["demo", "--ocpp", "1.5"], "--ocpp"),
        (["backoffice", "--port", "70000"], "--port"),
    ],
)
def test_a_wrong_option_is_refused(arguments: list[str], says: str) -> None:
    """Exit code 2, before anything runs."""
    told = RUNNER.invoke(app, arguments)

    assert told.exit_code == 2
    assert says in told.stderr
