"""Security: what the CSMS is told of it."""

from __future__ import annotations

from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.csms.v201.scene import AT, AT_TEXT, World


def test_a_security_event_is_told(world: World) -> None:
    """It goes with its kind, its time, and at most 255 characters of what was seen (A04)."""
    ((action, payload),) = world.tell(SecurityEvent(SecurityKind.BAD_TLS_SUITE, AT, "x" * 300))

    assert action == "SecurityEventNotification"
    assert payload == {
        "type": "InvalidTLSCipherSuite",
        "timestamp": AT_TEXT,
        "techInfo": "x" * 255,
    }


def test_nothing_more_to_say(world: World) -> None:
    """Without a sentence there is no techInfo."""
    ((_, payload),) = world.tell(SecurityEvent(SecurityKind.TAMPERED, AT))

    assert payload == {"type": "TamperDetectionActivated", "timestamp": AT_TEXT}
