"""Stands in for the program `rauc`, and for the command that starts a board anew.

It is started with the name of a file, in which the board is as JSON, and the words that the real
one is given. What it prints, and the statuses it ends with, are those of RAUC 1.8.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, TextIO

ATTEMPTS = 3
"""How often a boot loader tries a slot that nobody has marked good since."""


class RefusalError(Exception):
    """The program ends with a status, after a line on stderr."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.status = status


def say(words: str, to: TextIO = sys.stdout) -> None:
    """Say it at once."""
    to.write(f"{words}\n")
    to.flush()


def bundle(file: str, board: dict[str, Any]) -> dict[str, Any]:
    """Return what is in a bundle, when it is good."""
    say(f"rauc-Message: 12:00:00.000: Reading bundle: {file}", sys.stderr)
    try:
        content = Path(file).read_bytes()
    except FileNotFoundError as gone:
        raise RefusalError(1, f"No such file: {file}") from gone
    if not content.startswith(b"hsqs"):
        raise RefusalError(1, "Invalid bundle format: Signature size is 0")
    found: dict[str, Any] = json.loads(content[4:].rstrip(b"\0"))
    if found["by"] != board["keyring"]:
        raise RefusalError(
            1, "signature verification failed: Verify error: self-signed certificate"
        )
    return found


def fitting(file: str, board: dict[str, Any]) -> dict[str, Any]:
    """Return what is in a bundle, when it is good and for this board."""
    found, wanted = bundle(file, board), board["compatible"]
    if found["compatible"] != wanted:
        words = f"Expected '{wanted}' but bundle manifest has '{found['compatible']}'"
        raise RefusalError(1, f"Installation error: Compatible mismatch: {words}")
    return found


def info(board: dict[str, Any], file: str) -> None:
    """Print what a bundle says of itself."""
    found = bundle(file, board)
    told = {"compatible": found["compatible"], "version": found["version"], "images": []}
    say(json.dumps(told))


def told_slot(board: dict[str, Any], name: str) -> dict[str, Any]:
    """Return how a slot stands."""
    slot = board["slots"][name]
    status: dict[str, Any] = {"bundle": {"compatible": None}}
    if slot["version"] and board["remembers"]:
        status["bundle"] = {"compatible": board["compatible"], "version": slot["version"]}
    return {
        "class": name.partition(".")[0],
        "device": f"/dev/{name}",
        "type": "raw",
        "bootname": slot["bootname"],
        "state": "booted" if name == board["booted"] else "inactive",
        "parent": None,
        "mountpoint": None,
        "boot_status": "good" if slot["left"] else "bad",
        "slot_status": status,
    }


def primary(board: dict[str, Any]) -> str:
    """Return the slot that the boot loader starts next."""
    order: list[str] = board["order"]
    return next((name for name in order if board["slots"][name]["left"]), "")


def status(board: dict[str, Any]) -> None:
    """Print how the board stands."""
    slots = [{name: told_slot(board, name)} for name in board["slots"]]
    booted = board["slots"].get(board["booted"], {}).get("bootname", "_external_")
    say(
        json.dumps(
            {
                "compatible": board["compatible"],
                "variant": "",
                "booted": booted,
                "boot_primary": primary(board) or None,
                "slots": slots,
            }
        )
    )


def mark(board: dict[str, Any], deed: str, place: str = "booted") -> None:
    """Write something of a slot down."""
    name = board["booted"] if place == "booted" else place
    if name not in board["slots"]:
        raise RefusalError(1, f"rauc mark: No slot with class rootfs and name {place} found")
    board["slots"][name]["left"] = ATTEMPTS
    if deed == "mark-active":
        board["order"] = [name, *(it for it in board["order"] if it != name)]
    words = {"mark-good": f"marked slot {name} as good", "mark-active": f"activated slot {name}"}
    say(f"rauc status: {words[deed]}")


def install(board: dict[str, Any], file: str) -> None:
    """Write a bundle into the slot that does not run."""
    say("installing\n  0% Installing\n 20% Determining slot states done.")
    target = next(name for name in board["slots"] if name != board["booted"])
    try:
        found = fitting(file, board)
    except RefusalError as wrong:
        say(f"100% Installing failed.\nLastError: {wrong}")
        raise RefusalError(1, f"Installing `{file}` failed") from wrong
    board["slots"][target] |= {"version": found["version"], "left": ATTEMPTS}
    board["slots"][target]["sound"] = found["sound"]
    if board["activates"]:
        board["order"] = [target, *(it for it in board["order"] if it != target)]
    say(f"100% Installing done.\nInstalling `{file}` succeeded")


def run(board: dict[str, Any], words: list[str]) -> None:
    """Do what the words say, unless the board is told to fail at it."""
    deed = words[1] if words[:1] == ["status"] and words[1].startswith("mark-") else words[0]
    board["asked"].append(deed)
    fault = board["faults"].get(deed, "")
    if fault == "hang":
        time.sleep(1000)
    if fault == "garbage":
        say("no JSON")
        return
    if fault:
        # As the library would, it says something else first.
        raise RefusalError(1, f"(rauc:1): rauc-WARNING **: 12:00:00.000: {fault}", fault)
    match words:
        case ["info", "--output-format=json", file]:
            info(board, file)
        case ["status", "--detailed", "--output-format=json"]:
            status(board)
        case ["status", str(mark_as), *place]:
            mark(board, mark_as, *place)
        case ["install", file]:
            install(board, file)
        case ["reboot"]:
            board["rebooting"] = True
        case _:
            raise RefusalError(1, f"Unknown option {words}")


def main(name: str, *words: str) -> int:
    """Run as the board in that file would."""
    file = Path(name)
    board = json.loads(file.read_text())
    try:
        run(board, list(words))
    except RefusalError as wrong:
        say(str(wrong), sys.stderr)
        return wrong.status
    finally:
        part = file.with_name(f"{file.name}.part")
        part.write_text(json.dumps(board))
        part.replace(file)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
