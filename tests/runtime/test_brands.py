"""What the display says of whose station it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from laadpaal import VERSION
from laadpaal.drivers.display.logo import LARGEST_BYTES
from laadpaal.ports.devices import Brand
from laadpaal.runtime.brands import brand_of
from laadpaal.runtime.config import ConfigError, StationTable, parse


def test_name_and_version() -> None:
    """Without a logo the vendor's name is shown."""
    config = parse('[station]\nvendor = "Somebody"\n')

    assert brand_of(config.station) == Brand("Somebody", VERSION)


def test_the_logo_is_read_from_its_file(tmp_path: Path) -> None:
    """As it is."""
    path = tmp_path / "logo.png"
    Image.new("RGB", (40, 10)).save(path)

    assert brand_of(StationTable(logo=str(path))).logo == path.read_bytes()


def test_a_file_that_is_no_logo_is_refused(tmp_path: Path) -> None:
    """Key, file and reason are told; of a file that is too large no more is read than that."""
    (tmp_path / "large.png").write_bytes(bytes(LARGEST_BYTES + 1))
    (tmp_path / "text.png").write_text("no picture")
    for name, reason in (
        ("nowhere.png", "No such file"),
        ("large.png", "it has more than 256 KiB"),
        ("text.png", "it is no PNG"),
    ):
        with pytest.raises(ConfigError, match=rf"station\.logo: .*{name}.*{reason}"):
            brand_of(StationTable(logo=str(tmp_path / name)))
