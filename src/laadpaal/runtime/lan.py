"""Whether any network is there at all, as the kernel tells."""

from __future__ import annotations

from pathlib import Path

INTERFACES = Path("/sys/class/net")
_LOOPBACK = "lo"


def carried(interfaces: Path = INTERFACES) -> bool:
    """Tell whether some interface but the loopback is up."""
    try:
        found = [it for it in interfaces.iterdir() if it.name != _LOOPBACK]
        return any((it / "operstate").read_text().strip() == "up" for it in found)
    except OSError:
        return False
