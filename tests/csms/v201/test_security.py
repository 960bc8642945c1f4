"""Security: what the CSMS is told of it."""

from __future__ import annotations

import pytest

from laadpaal.station.notices import SecurityEvent
from laadpaal.station.security import PUSHED, SecurityKind
from tests.csms.v201.scene import AT, AT_TEXT, World

CRITICAL = {
    "FirmwareUpdated",
    "SettingSystemTime",
    "StartupOfTheDevice",
    "ResetOrReboot",
    "SecurityLogWasCleared",
    "MemoryExhaustion",
    "TamperDetectionActivated",
    "InvalidFirmwareSignature",
    "InvalidFirmwareSigningCertificate",
    "InvalidCsmsCertificate",
    "InvalidChargingStationCertificate",
    "InvalidTLSVersion",
    "InvalidTLSCipherSuite",
}
"""Those that must reach the CSMS; the station has no maintenance login, which has two more."""
OTHER = {
    "FailedToAuthenticateAtCsms",
    "CsmsFailedToAuthenticate",
    "ReconfigurationOfSecurityParameters",
    "InvalidMessages",
    "AttemptedReplayAttacks",
    "DiscardedRenewedClientCertificate",
}
OWN = {"LocalLoginFailed"}
"""What no list has a name for; it stands in the security log, and is never pushed."""


def test_a_security_event_is_told(world: World) -> None:
    """It goes with its kind, its time, and at most 255 characters of what was seen (A04)."""
    ((action, payload),) = world.tell(SecurityEvent(SecurityKind.BAD_TLS_SUITE, AT, "x" * 300))

    assert action == "SecurityEventNotification"
    assert payload == {
        "type": "InvalidTLSCipherSuite",
        "timestamp": AT_TEXT,
        "techInfo": "x" * 255,
    }


@pytest.mark.parametrize("kind", SecurityKind)
def test_each_kind_has_a_name_of_this_version(world: World, kind: SecurityKind) -> None:
    """It is one of those that the specification lists (section 6), or one of our own."""
    ((_, payload),) = world.tell(SecurityEvent(kind, AT))

    assert payload["type"] in CRITICAL | OTHER | OWN
    assert (payload["type"] in CRITICAL) <= (kind in PUSHED)


def test_nothing_more_to_say(world: World) -> None:
    """Without a sentence there is no techInfo."""
    ((_, payload),) = world.tell(SecurityEvent(SecurityKind.TAMPERED, AT))

    assert payload == {"type": "TamperDetectionActivated", "timestamp": AT_TEXT}
