"""What the display says of whose station it is, as the configuration has it."""

from __future__ import annotations

from pathlib import Path

from laadpaal import VERSION
from laadpaal.drivers.display.logo import LARGEST_BYTES, check
from laadpaal.ports.devices import Brand
from laadpaal.runtime.config import ConfigError, StationTable


def brand_of(table: StationTable) -> Brand:
    """Return name, version and logo; raises ConfigError for a file that is no logo."""
    return Brand(table.vendor, VERSION, _logo(table.logo) if table.logo else b"")


def _logo(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(LARGEST_BYTES + 1)
        check(data)
    except (OSError, ValueError) as wrong:
        raise ConfigError(f"station.logo: {file}: {wrong}") from wrong
    return data
