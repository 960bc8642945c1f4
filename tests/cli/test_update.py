"""`laadpaal update` and `laadpaal launch` as somebody at a terminal uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from laadpaal.cli.app import app
from laadpaal.runtime.assembly import VAULT
from laadpaal.updates.slots import PROGRAM, Slots
from tests.cli.test_trouble import running
from tests.support.packages import trust_maker

RUNNER = CliRunner()


def told(*words: object) -> Result:
    """Return what the command says."""
    return RUNNER.invoke(app, ["update", *map(str, words)])


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a folder with a tiny release."""
    program = tmp_path / "release" / PROGRAM
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nkill -TERM $PPID\nexec sleep 60\n")
    program.chmod(0o755)
    (tmp_path / "release" / "__pycache__").mkdir()
    (tmp_path / "release" / "__pycache__" / "x.pyc").touch()
    (tmp_path / "release" / "readme").touch()
    return tmp_path / "release"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Return a folder with the keys of a manufacturer."""
    made = told("keys", tmp_path / "keys")
    assert made.exit_code == 0
    assert len(made.stdout.splitlines()) == 3
    return tmp_path / "keys"


@pytest.fixture
def package(tmp_path: Path, release: Path, keys: Path) -> Path:
    """Return a package that is sealed."""
    path = tmp_path / "firmware.lpfw"
    seal = ("--key", keys / "signer.key.pem", "--chain", keys / "signer.pem")
    made = told("make", release, "--version", "9.9.9", "--out", path, *seal, "--least", "0.1")
    assert made.exit_code == 0
    assert "version 9.9.9" in made.stdout
    return path


def test_a_package_is_made_and_looked_at(package: Path, keys: Path, tmp_path: Path) -> None:
    """Its seal is judged by a root; the same release makes the same payload."""
    seen = told("inspect", package, "--root", keys / "root.pem").stdout.splitlines()
    assert seen[0].startswith("product laadpaal, version 9.9.9, ")
    assert seen[1] == "follows 0.1"
    assert seen[3] == "sealed by whom the root vouches for"
    assert told("inspect", package).stdout.splitlines()[:3] == seen[:3]
    other = tmp_path / "other"
    told("keys", other)

    refused = told("inspect", package, "--root", other / "root.pem")
    assert refused.exit_code == 2
    assert "is signed by nobody we know" in refused.stderr


def test_a_package_is_placed_and_launched(package: Path, tmp_path: Path) -> None:
    """In the first slot, and the next one in the other; what is in it is started."""
    folder = tmp_path / "slots"
    for slot in "aba":
        placed = told("place", package, "--slots", folder).stdout
        assert f"slot {slot} holds version 9.9.9" in placed
        assert Slots(folder).current() == slot
    names = {path.name for path in Slots(folder).release("a").rglob("*")}
    assert names == {"bin", "laadpaal", "readme"}


def test_firmware_is_brought_to_a_running_station(
    package: Path, keys: Path, tmp_path: Path
) -> None:
    """Which knows the manufacturer; the new version runs, and nothing is on trial there."""
    vault = tmp_path / "station" / VAULT
    vault.mkdir(mode=0o700, parents=True)
    (vault / "manufacturer-root-0001.pem").write_text((keys / "root.pem").read_text())
    with running(tmp_path / "station") as api:
        assert "runs" in told("status", "--api", api).stdout
        brought = told("install", package, "--api", api)
        assert brought.stdout == "version 9.9.9 is installed as soon as nobody charges\n"
        while "version 9.9.9 runs" not in (seen := told("status", "--api", api).stdout):
            pass
        kept = told("commit", "--api", api)
        back = told("rollback", "--api", api)

    assert "the last update of version 9.9.9: done (10)" in seen
    assert (kept.exit_code, kept.stderr) == (2, "laadpaal: no version is on trial\n")
    assert "there is no version to go back to" in back.stderr


def test_a_station_that_knows_no_manufacturer_takes_nothing(package: Path, tmp_path: Path) -> None:
    """It says so."""
    with running(tmp_path / "station") as api:
        refused = told("install", package, "--api", api)

    assert refused.exit_code == 2
    assert "no manufacturer root is installed" in refused.stderr


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    """The station says how large one may be, and waits for none of it."""
    trust_maker(tmp_path / "station" / VAULT)
    file = tmp_path / "large.lpfw"
    with file.open("wb") as opened:
        opened.truncate(1024**3)
    with running(tmp_path / "station") as api:
        refused = told("install", file, "--api", api)

    assert refused.exit_code == 2
    assert "size 1073741824 not in [161,67108864]" in refused.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("make", "{tmp}", "--version", "1"), "it has no bin/laadpaal"),
        (("make", "{release}", "--version", "a b"), "no texts of 1 to 32 characters"),
        (("make", "{release}", "--version", "1", "--key", "x"), "go together"),
        (
            ("make", "{release}", "--version", "1", "--key", "{none}", "--chain", "{none}"),
            "No such file",
        ),
        (
            ("make", "{release}", "--version", "1", "--key", "{text}", "--chain", "{text}"),
            "no certificate in PEM",
        ),
        (
            ("make", "{release}", "--version", "1", "--key", "{text}", "--chain", "{chain}"),
            "no private key in PEM",
        ),
        (("inspect", "{none}"), "No such file"),
        (("inspect", "{text}"), "not in [161,"),
        (("place", "{text}", "--slots", "{tmp}/slots"), "not in [161,"),
        (("install", "{none}"), "No such file"),
        (("install", "{empty}"), "is empty"),
        (("install", "{text}", "--api", "http://127.0.0.1:1"), "does not answer"),
        (("status", "--api", "nonsense"), "does not answer"),
        (("keys", "{keys}"), "File exists"),
    ],
)
def test_what_cannot_be_done_says_why(
    words: tuple[str, ...], why: str, tmp_path: Path, release: Path, keys: Path
) -> None:
    """In one line."""
    places = {
        "tmp": tmp_path,
        "release": release,
        "keys": keys,
        "chain": keys / "signer.pem",
        "none": tmp_path / "none",
        "text": tmp_path / "text",
        "empty": tmp_path / "empty",
    }
    places["text"].write_text("a text that is nothing else")
    places["empty"].touch()
    refused = told(*(word.format(**places) for word in words))

    assert refused.exit_code == 2
    assert why in refused.stderr
    assert refused.stderr.count("\n") == 1
