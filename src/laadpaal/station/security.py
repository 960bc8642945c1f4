"""Security events: what somebody who guards the station wants to hear of."""

from __future__ import annotations

from enum import Enum


class SecurityKind(Enum):
    """Kind of a security event, spelled as in both versions of OCPP (white paper, 2.0.1 part 2).

    They have no word for somebody who could not log in at the station itself; that one is ours.
    """

    FIRMWARE_UPDATED = "FirmwareUpdated"
    CSMS_LOGIN_FAILED = "FailedToAuthenticateAtCentralSystem"
    CSMS_NOT_GENUINE = "CentralSystemFailedToAuthenticate"
    CLOCK_SET = "SettingSystemTime"
    STARTED = "StartupOfTheDevice"
    RESTARTED = "ResetOrReboot"
    LOG_CLEARED = "SecurityLogWasCleared"
    PARAMETERS_CHANGED = "ReconfigurationOfSecurityParameters"
    MEMORY_EXHAUSTED = "MemoryExhaustion"
    INVALID_MESSAGES = "InvalidMessages"
    REPLAY_ATTEMPTED = "AttemptedReplayAttacks"
    TAMPERED = "TamperDetectionActivated"
    BAD_FIRMWARE_SIGNATURE = "InvalidFirmwareSignature"
    BAD_FIRMWARE_CERTIFICATE = "InvalidFirmwareSigningCertificate"
    BAD_CSMS_CERTIFICATE = "InvalidCentralSystemCertificate"
    BAD_STATION_CERTIFICATE = "InvalidChargePointCertificate"
    BAD_TLS_VERSION = "InvalidTLSVersion"
    BAD_TLS_SUITE = "InvalidTLSCipherSuite"
    IDENTITY_DISCARDED = "DiscardedRenewedClientCertificate"
    LOCAL_LOGIN_FAILED = "LocalLoginFailed"


PUSHED = frozenset(
    {
        SecurityKind.FIRMWARE_UPDATED,
        SecurityKind.CLOCK_SET,
        SecurityKind.STARTED,
        SecurityKind.RESTARTED,
        SecurityKind.LOG_CLEARED,
        SecurityKind.MEMORY_EXHAUSTED,
        SecurityKind.TAMPERED,
        SecurityKind.BAD_FIRMWARE_SIGNATURE,
        SecurityKind.BAD_FIRMWARE_CERTIFICATE,
        SecurityKind.BAD_CSMS_CERTIFICATE,
        SecurityKind.BAD_STATION_CERTIFICATE,
        SecurityKind.BAD_TLS_VERSION,
        SecurityKind.BAD_TLS_SUITE,
        SecurityKind.IDENTITY_DISCARDED,
    }
)
"""What the CSMS is told of until it has answered: what is critical in either version, and bad
certificates and signatures; all others are in the log only."""
