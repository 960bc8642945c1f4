"""Security events: what adapters see, told with the time it was seen at."""

from __future__ import annotations

from laadpaal.station import events as e
from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.support.world import NOON, World


def test_an_incident_is_told_with_its_time() -> None:
    """What an adapter saw becomes a security event of this instant."""
    world = World()
    world.pass_time(5)

    world.tell(e.SecurityIncident(SecurityKind.BAD_TLS_SUITE, "no common cipher suite"))

    assert world.told(SecurityEvent) == [
        SecurityEvent(SecurityKind.BAD_TLS_SUITE, NOON + 5, "no common cipher suite")
    ]
