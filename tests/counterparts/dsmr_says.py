"""Tells what `dsmr-parser` reads in telegrams; runs in the environment of the counterparts.

In: a JSON list of pairs, the name of a specification and a telegram in hexadecimal digits. Out: a
JSON list with an object for each, from the library's names to value and unit; null where it
refuses the telegram.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from dsmr_parser import telegram_specifications
from dsmr_parser.exceptions import ParseError
from dsmr_parser.parsers import TelegramParser

KEY = bytes(range(16)).hex()


def main() -> None:
    """Answer what stands on the input."""
    json.dump([said(name, frame) for name, frame in json.load(sys.stdin)], sys.stdout)


def said(name: str, frame: str) -> dict[str, Any] | None:
    """Return what is read in a telegram."""
    specification = getattr(telegram_specifications, name)
    sealed = "general_global_cipher" in specification
    text = frame if sealed else bytes.fromhex(frame).decode("latin-1")
    try:
        telegram = TelegramParser(specification).parse(text, KEY if sealed else "")
    except ParseError:
        return None
    submeters = {
        f"{name} {device.channel_id}": plain(getattr(device, name))
        for device in getattr(telegram, "MBUS_DEVICES", [])
        for name in device._item_names
    }
    return {name: plain(it) for name, it in telegram if name != "MBUS_DEVICES"} | submeters


def plain(it: Any) -> list[str]:
    """Return value and unit as text."""
    return [str(getattr(it, "value", it)), str(getattr(it, "unit", ""))]


if __name__ == "__main__":
    main()
