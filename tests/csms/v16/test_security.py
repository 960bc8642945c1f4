"""Security: what the CSMS is told of it."""

from __future__ import annotations

from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import SecurityKind
from tests.csms.v16.stage import AT, NOON, Stage


def test_a_security_event_is_told() -> None:
    """It goes with its kind, its time, and at most 255 characters of what was seen."""
    notice = SecurityEvent(SecurityKind.BAD_CSMS_CERTIFICATE, AT, "x" * 300)

    ((action, payload),) = Stage().tell(notice)

    assert action == "SecurityEventNotification"
    assert payload == {
        "type": "InvalidCentralSystemCertificate",
        "timestamp": NOON,
        "techInfo": "x" * 255,
    }


def test_nothing_more_to_say() -> None:
    """Without a sentence there is no techInfo."""
    ((_, payload),) = Stage().tell(SecurityEvent(SecurityKind.TAMPERED, AT))

    assert payload == {"type": "TamperDetectionActivated", "timestamp": NOON}
