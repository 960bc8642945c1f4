"""Passwords are set at the machine, whatever was forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from laadpaal.cli.app import app
from laadpaal.local_api.passwords import matches
from laadpaal.ports.accounts import Account, User
from laadpaal.runtime.assembly import DATABASE
from laadpaal.runtime.config import Config
from laadpaal.storage import Store

RUNNER = CliRunner()
SECRET = "correct horse"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the configuration of a station that has never run."""
    file = tmp_path / "station.toml"
    file.write_text(f'folder = "{tmp_path / "data"}"\n')
    return file


def account(config: Path, user: User) -> Account | None:
    """Return what is kept of a user."""
    store = Store.open(config.parent / "data" / DATABASE)
    try:
        return store.accounts(Config().station.serial).find(user)
    finally:
        store.close()


@pytest.mark.parametrize(("arguments", "user"), [([], User.ADMIN), (["service"], User.SERVICE)])
def test_a_password_is_set(config: Path, arguments: list[str], user: User) -> None:
    """It is asked for twice and shown never."""
    command = ["password", *arguments, "--config", str(config)]

    told = RUNNER.invoke(app, command, input=f"{SECRET}\n{SECRET}\n")

    assert told.exit_code == 0
    assert told.stdout.endswith(f"{user.value} can log in\n")
    assert SECRET not in told.output
    kept = account(config, user)
    assert kept
    assert matches(SECRET, kept.secret)


def test_a_user_is_let_in_no_more(config: Path) -> None:
    """Nothing is asked then."""
    RUNNER.invoke(app, ["password", "--config", str(config)], input=f"{SECRET}\n{SECRET}\n")

    told = RUNNER.invoke(app, ["password", "--remove", "--config", str(config)])

    assert (told.exit_code, told.stdout) == (0, "admin cannot log in any more\n")
    assert account(config, User.ADMIN) is None


@pytest.mark.parametrize(
    ("user", "given", "says"),
    [("admin", "short", "10 to 40 characters"), ("end user", "12", "4 to 6 digits")],
)
def test_a_bad_password_is_refused(config: Path, user: str, given: str, says: str) -> None:
    """With one line that says what it needs."""
    told = RUNNER.invoke(
        app, ["password", user, "--config", str(config)], input=f"{given}\n{given}\n"
    )

    assert told.exit_code == 2
    assert says in told.stderr


def test_a_database_that_cannot_be_opened_is_refused(config: Path) -> None:
    """With one line."""
    folder = config.parent / "data"
    folder.mkdir()
    (folder / DATABASE).mkdir()

    told = RUNNER.invoke(app, ["password", "--config", str(config)], input=f"{SECRET}\n{SECRET}\n")

    assert told.exit_code == 2
    assert "Cannot open" in told.stderr
