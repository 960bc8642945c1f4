"""The commands of `laadpaal update`, and their options."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Make, bring and keep firmware.", no_args_is_help=True)

BAD_INPUT = 2
API = "http://127.0.0.1:8180"
Api = Annotated[str, typer.Option(help="Control API of the station.")]
Package = Annotated[Path, typer.Argument(help="A package.")]


@app.command()
def keys(folder: Annotated[Path, typer.Argument(help="Where they go.")]) -> None:
    """Make a manufacturer for tests: root, signer, and the signer's key."""
    _done("keys", folder)


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="A release, with bin/laadpaal in it.")],
    version: Annotated[str, typer.Option(help="What the release calls itself.")],
    target: Annotated[Path, typer.Option("--out", help="The package.")] = Path("firmware.lpfw"),
    key: Annotated[Path | None, typer.Option(help="PEM file of the signer's key.")] = None,
    chain: Annotated[Path | None, typer.Option(help="PEM file of the signer's chain.")] = None,
    least: Annotated[str, typer.Option(help="The least version that it may follow.")] = "",
) -> None:
    """Pack a release, and seal it."""
    if (key is None) is not (chain is None):
        _refuse("--key and --chain go together")
    _done("make", folder, version, target, key, chain, least)


@app.command()
def inspect(
    file: Package,
    root: Annotated[Path | None, typer.Option(help="PEM file of a manufacturer root.")] = None,
) -> None:
    """Tell what a package is, and whether its seal is good."""
    _done("inspect", file, root)


@app.command()
def place(file: Package, slots: Annotated[Path, typer.Option(help="Folder of the slots.")]) -> None:
    """Put a package into the slots of a station that does not run."""
    _done("place", file, slots)


@app.command()
def install(file: Package, api: Api = API) -> None:
    """Bring a package to a running station."""
    _done("install", file, api)


@app.command()
def status(api: Api = API) -> None:
    """Tell what runs, and how far an update is."""
    _done("status", api)


@app.command()
def commit(api: Api = API) -> None:
    """Keep the version on trial."""
    _done("commit", api)


@app.command()
def rollback(api: Api = API) -> None:
    """Let the version before this one run again."""
    _done("rollback", api)


def _done(deed: str, *given: object) -> None:
    """Do it, and print what came of it; a station does not carry what only this needs."""
    it = import_module("laadpaal.cli.update")
    try:
        lines: Iterator[str] = getattr(it, deed)(*given)
        for line in lines:
            typer.echo(line)
    except it.UpdateError as wrong:
        _refuse(str(wrong))


def _refuse(why: str) -> None:
    typer.echo(f"laadpaal: {why}", err=True)
    raise typer.Exit(BAD_INPUT)
