"""The commands and their options; each hands over to a module of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, NoReturn

import typer

from laadpaal import VERSION
from laadpaal.cli import updating
from laadpaal.ports.accounts import AccountsFailed, User
from laadpaal.ports.errors import VaultFailed
from laadpaal.runtime.config import Config, ConfigError, load
from laadpaal.runtime.recorder import FlightError
from laadpaal.storage import StorageFailed

app = typer.Typer(
    name="laadpaal",
    help="A charging station: real, virtual, or by the thousand.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

trouble = typer.Typer(help="Make a running station misbehave.", no_args_is_help=True)
app.add_typer(trouble, name="trouble")
app.add_typer(updating.app, name="update")

BAD_INPUT = 2
FASTEST = 100_000


API = "http://127.0.0.1:8180"
Api = Annotated[str, typer.Option(help="Control API of the station.")]
Evse = Annotated[int, typer.Option(help="Number of the EVSE or reader; 0 is the station.", min=0)]


class Ocpp(Enum):
    """The versions of OCPP."""

    V16 = "1.6"
    V201 = "2.0.1"


@app.callback(invoke_without_command=True)
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version, and end.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """Run a charging station: real, virtual, or by the thousand."""
    if version:
        typer.echo(VERSION)
        raise typer.Exit


@app.command()
def run(
    config: Annotated[
        Path | None, typer.Option(help="TOML file; without one, two simulated sockets.")
    ] = None,
) -> None:
    """Run a station until it is interrupted."""
    _run(_module("station").run(_config(config)))


@app.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
def launch(
    words: Annotated[
        list[str], typer.Argument(help="Folder of the slots, and what is started with `run`.")
    ],
) -> None:
    """Start the release that should run, watch it, and take back one that is no good."""
    raise typer.Exit(import_module("laadpaal.updates.launcher").main(words))


@app.command()
def doctor(
    config: Annotated[Path, typer.Option(help="TOML file of the station.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """Try the way to the CSMS step by step, and say what is wrong; status 1 when something is."""
    told, well = asyncio.run(_module("doctor").examined(_config(config), json=json))
    typer.echo(told)
    if not well:
        raise typer.Exit(1)


@app.command()
def hardening(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """Tell which guards against overflows this machine and its native code lack."""
    typer.echo(_module("hardening").told(json=json))


@app.command()
def trust(
    root: Annotated[Path, typer.Argument(help="PEM file of one root.")],
    config: Annotated[Path | None, typer.Option(help="TOML file of the station.")] = None,
) -> None:
    """Trust a root of the CSMS from the next connection on, without a restart."""
    try:
        typer.echo(_module("trust").trusted(root, _config(config)))
    except (OSError, ValueError, VaultFailed) as wrong:
        _refuse(str(wrong))


@app.command()
def password(
    user: Annotated[User, typer.Argument(help="Whose.")] = User.ADMIN,
    config: Annotated[Path | None, typer.Option(help="TOML file of the station.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Let them in no more.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """Set the password of the web page and the HTTPS API; a running station knows it at once."""
    it, of = _module("password"), _config(config)
    given = "" if remove else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        typer.echo(asyncio.run(it.removed(user, of) if remove else it.changed(user, given, of)))
    except (OSError, ValueError, AccountsFailed, StorageFailed) as wrong:
        _refuse(str(wrong))


@app.command()
def backoffice(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0 takes any free one.", min=0, max=65535)] = 9180,
) -> None:
    """Run a small back office for both versions of OCPP, and print which messages go by."""
    _run(_module("office").run(host, port))


@app.command(name="demo")
def show(
    ocpp: Annotated[Ocpp, typer.Option(help="Version of OCPP.")] = Ocpp.V201,
    speed: Annotated[
        float, typer.Option(help="Station seconds in a second.", min=1, max=FASTEST)
    ] = 60.0,
    once: Annotated[bool, typer.Option("--once", help="Play one charging session.")] = False,  # noqa: FBT002  typer's way
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """Run a back office and a station with two sockets, and let vehicles come and go."""
    if json and not once:
        _refuse("--json is for --once: a demo without an end has no result")
    demo = _module("demo")
    _run(demo.once(ocpp.value, speed, json=json) if once else demo.live(ocpp.value, speed))


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="A flight recorder's file (flight.jsonl).")],
) -> None:
    """Live a recording again, and print what the station made of each fact."""
    try:
        for line in _module("flight").lines(file):
            typer.echo(line)
    except FlightError as wrong:
        _refuse(str(wrong))


@app.command()
def properties(
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,  # noqa: FBT002  typer's way
) -> None:
    """List every property with its names in both versions of OCPP."""
    book = _module("book")
    typer.echo(book.as_json() if json else book.as_table())


@trouble.command(name="list")
def troubles(api: Api = API) -> None:
    """List what can be made to go wrong, and what does."""
    _trouble("listed", api)


@trouble.command()
def start(
    name: Annotated[str, typer.Argument(help="As the list has it.")],
    evse: Evse = 0,
    given: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter, as name=value.")
    ] = None,
    api: Api = API,
) -> None:
    """Let something go wrong until it is ended."""
    _trouble("begun", api, name, evse, given or [])


@trouble.command()
def end(
    name: Annotated[str, typer.Argument(help="As the list has it.")],
    evse: Evse = 0,
    api: Api = API,
) -> None:
    """Let it be well again."""
    _trouble("ended", api, name, evse)


def _trouble(deed: str, *wish: object) -> None:
    """Do it at a running station, and print what it answers."""
    it = _module("trouble")
    try:
        for line in getattr(it, deed)(*wish):
            typer.echo(line)
    except it.TroubleError as wrong:
        _refuse(str(wrong))


def _module(name: str) -> ModuleType:
    """Import what one command needs, so that a station does not carry the others."""
    return import_module(f"laadpaal.cli.{name}")


def _config(path: Path | None) -> Config:
    if path is None:
        return Config()
    try:
        return load(path)
    except ConfigError as wrong:
        _refuse(str(wrong))


def _run(command: Coroutine[Any, Any, None]) -> None:
    """Run until the command ends; what people can mend is one line, and a bug is a traceback."""
    wrongs: list[str] = []
    try:
        asyncio.run(command)
    except* (ConfigError, StorageFailed) as group:
        wrongs = _leaves(group)  # what is raised in here would come out as a group
    if wrongs:
        _refuse("; ".join(wrongs))


def _leaves(error: BaseException) -> list[str]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [str(error)]


def _refuse(why: str) -> NoReturn:
    typer.echo(f"laadpaal: {why}", err=True)
    raise typer.Exit(BAD_INPUT)
