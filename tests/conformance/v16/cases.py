"""The cases of the conformance tool that a charge point of OCPP 1.6 must show, in our words.

There are 107: each id of the list counts once, so that variants such as TC_048_1_CS to
TC_048_4_CS are cases of their own. Not counted are TC_023_1_CS to TC_023_3_CS, which the list has
folded into TC_023_4_CS, and TC_088_CS, a case for a CSMS that a station can show as well.
"""

from __future__ import annotations

import pytest

from tests.conformance.case import Case

CASES = (
    # Boot.
    Case(
        "TC_001_CS",
        "Cold boot",
        "After power-up it boots, tells the status of itself and of each connector once accepted, "
        "and then sends a heartbeat in every interval it was given.",
    ),
    Case(
        "TC_002_CS",
        "Cold boot, pending",
        "While it is pending it lets its configuration be read and written, says nothing else, and "
        "boots again when the interval has passed.",
    ),
    # Start.
    Case(
        "TC_003_CS",
        "Plug in first",
        "A plugged connector is Preparing; a card is asked about, and charging starts.",
    ),
    Case(
        "TC_004_1_CS",
        "Identification first",
        "A card is asked about and the connector is Preparing; charging starts with the cable.",
    ),
    Case(
        "TC_004_2_CS",
        "Identification first, connection time-out",
        "Without a cable within ConnectionTimeOut the connector is Available again, and nothing "
        "has started.",
    ),
    # Stop.
    Case(
        "TC_005_1_CS",
        "Unplugged at the vehicle: stop and unlock",
        "The transaction stops with EVDisconnected, the cable is let go, and taking it away makes "
        "the connector Available.",
    ),
    Case(
        "TC_005_2_CS",
        "Unplugged at the vehicle: stop and stay locked",
        "The transaction stops with EVDisconnected, and the cable is held until the CSMS unlocks "
        "it; a fixed cable has nothing to unlock.",
    ),
    Case(
        "TC_005_3_CS",
        "Unplugged at the vehicle: go on",
        "The transaction goes on as SuspendedEV until it is stopped from afar.",
    ),
    Case(
        "TC_068_CS",
        "Stop by the same card",
        "The card that started stops, and nobody is asked about it.",
    ),
    Case(
        "TC_069_CS",
        "Stop by a card of the same group",
        "Another card is asked about, and stops when both have the same parentIdTag.",
    ),
    # Cache.
    Case(
        "TC_007_1_CS",
        "Start by a cached card",
        "With LocalPreAuthorize a card that the cache knows starts without being asked about.",
    ),
    Case(
        "TC_007_2_CS",
        "Remote start with a cached tag",
        "With LocalPreAuthorize the same is true of a remote start that is to be authorized.",
    ),
    Case(
        "TC_061_1_CS",
        "Clear the cache, then a card",
        "Clearing the cache is accepted, and the next use of a card is asked about.",
    ),
    Case(
        "TC_061_2_CS",
        "Clear the cache, then a remote start",
        "Clearing the cache is accepted, and the tag of the next remote start is asked about.",
    ),
    # Remote.
    Case(
        "TC_010_CS",
        "Remote start, cable first",
        "It is accepted, the tag is asked about exactly when AuthorizeRemoteTxRequests says so, "
        "and charging starts at that connector.",
    ),
    Case(
        "TC_011_1_CS",
        "Remote start first",
        "It is accepted, the connector is Preparing, and charging starts with the cable.",
    ),
    Case(
        "TC_011_2_CS",
        "Remote start, connection time-out",
        "Without a cable within ConnectionTimeOut the connector is Available again.",
    ),
    Case(
        "TC_012_CS",
        "Remote stop",
        "It is accepted, and the transaction stops with Remote.",
    ),
    Case(
        "TC_026_CS",
        "Remote start where a transaction runs",
        "It is rejected, and the transaction goes on.",
    ),
    Case("TC_027_CS", "Remote start at connector 0", "It is rejected."),
    Case("TC_028_CS", "Remote stop of an unknown transaction", "It is rejected."),
    # Reset.
    Case(
        "TC_013_CS",
        "Hard reset without a transaction",
        "It boots, and a connector that was taken out of use still is, until it is Operative.",
    ),
    Case(
        "TC_014_CS",
        "Soft reset without a transaction",
        "It boots, and a connector that was taken out of use still is, until it is Operative.",
    ),
    Case(
        "TC_015_CS",
        "Hard reset with a transaction",
        "The transaction stops with HardReset, before or after the boot.",
    ),
    Case(
        "TC_016_CS",
        "Soft reset with a transaction",
        "The transaction stops with SoftReset and the connector is Finishing before it boots.",
    ),
    # Unlock.
    Case("TC_017_1_CS", "Unlock a free socket", "It is Unlocked."),
    Case("TC_017_2_CS", "Unlock a free fixed cable", "It is NotSupported."),
    Case(
        "TC_018_1_CS",
        "Unlock a socket that charges",
        "The transaction stops with UnlockCommand, and the cable can be taken away.",
    ),
    Case(
        "TC_018_2_CS",
        "Unlock a fixed cable that charges",
        "It is NotSupported, and the transaction goes on.",
    ),
    Case("TC_030_CS", "Unlock a jammed lock", "It is UnlockFailed."),
    Case("TC_031_CS", "Unlock an unknown connector", "It is NotSupported."),
    # Configuration and meter values.
    Case(
        "TC_019_CS",
        "Read the configuration",
        "All keys that its profiles require are told; asked for one key, it tells that one.",
    ),
    Case(
        "TC_021_CS",
        "Write the configuration",
        "A new value is accepted, and read back.",
    ),
    Case("TC_040_1_CS", "Write an unknown key", "It is NotSupported."),
    Case("TC_040_2_CS", "Write a wrong value", "It is rejected, and the old value stays."),
    Case(
        "TC_070_CS",
        "Sampled meter values",
        "In every interval of a transaction each configured measurand is told, as Sample.Periodic.",
    ),
    Case(
        "TC_071_CS",
        "Clock-aligned meter values",
        "At every instant of the grid each configured measurand is told, as Sample.Clock.",
    ),
    # What goes wrong.
    Case(
        "TC_023_4_CS",
        "A card that is not good",
        "Invalid, Blocked or Expired: nothing starts.",
    ),
    Case(
        "TC_023_5_CS",
        "A remote start whose tag is not good",
        "The remote start is accepted, the tag is asked about, and nothing starts.",
    ),
    Case(
        "TC_024_CS",
        "The lock fails at the start",
        "The connector is Faulted with ConnectorLockFailure, and nothing starts.",
    ),
    Case(
        "TC_041_CS",
        "A fault",
        "The connector is Faulted, and no attempt to start there does anything.",
    ),
    # Power and offline.
    Case(
        "TC_032_1_CS",
        "Power failure with a backup supply",
        "The transaction stops with PowerLoss before the power is gone.",
    ),
    Case(
        "TC_032_2_CS",
        "Power failure without a backup supply",
        "After the boot the transaction is stopped with PowerLoss.",
    ),
    Case(
        "TC_034_CS",
        "Power failure while out of use",
        "What was taken out of use still is when the power is back.",
    ),
    Case(
        "TC_036_CS",
        "Connection lost in a transaction",
        "Meter values wait for the connection, and come with the time at which they were taken.",
    ),
    Case(
        "TC_037_1_CS",
        "Offline start with a good card",
        "The start is told when the connection is back, and charging goes on.",
    ),
    Case(
        "TC_037_2_CS",
        "Offline start with a bad card that may stay",
        "Without StopTransactionOnInvalidId energy stops, and the connector is SuspendedEVSE.",
    ),
    Case(
        "TC_037_3_CS",
        "Offline start with a bad card that is stopped",
        "With StopTransactionOnInvalidId the transaction stops with DeAuthorized.",
    ),
    Case(
        "TC_038_CS",
        "Offline stop",
        "The stop is told when the connection is back.",
    ),
    Case(
        "TC_039_CS",
        "Offline transaction",
        "Start and stop are told in order when the connection is back, without asking first.",
    ),
    # Local list.
    Case(
        "TC_008_1_CS",
        "Start by a card of the list",
        "With LocalPreAuthorize a card of the list starts without being asked about.",
    ),
    Case(
        "TC_008_2_CS",
        "Remote start with a tag of the list",
        "With LocalPreAuthorize the same is true of a remote start that is to be authorized.",
    ),
    Case("TC_042_1_CS", "Version of a list that is not supported", "It is -1."),
    Case("TC_042_2_CS", "Version of an empty list", "It is 0."),
    Case(
        "TC_043_CS",
        "Send the list",
        "A full and then a differential update are accepted, and the version follows.",
    ),
    Case("TC_043_1_CS", "Send a list that is not supported", "It is NotSupported."),
    Case(
        "TC_043_2_CS",
        "Send a differential update that is too old",
        "It is VersionMismatch, and the list stays.",
    ),
    Case(
        "TC_043_3_CS",
        "Send a list that cannot be used",
        "It is Failed, and the list stays.",
    ),
    # Firmware and diagnostics.
    Case(
        "TC_044_1_CS",
        "Firmware: download and install",
        "Downloading, Downloaded, Installing and Installed are told, with a boot on the way.",
    ),
    Case(
        "TC_044_2_CS",
        "Firmware: the download fails",
        "Downloading and, after the retries, DownloadFailed are told.",
    ),
    Case(
        "TC_044_3_CS",
        "Firmware: the installation fails",
        "Downloading, Downloaded and InstallationFailed are told.",
    ),
    Case(
        "TC_045_1_CS",
        "Diagnostics",
        "The file is named, Uploading and Uploaded are told, and the file is there.",
    ),
    Case(
        "TC_045_2_CS",
        "Diagnostics: the upload fails",
        "Uploading and UploadFailed are told.",
    ),
    # Reservation.
    Case(
        "TC_046_1_CS",
        "Reserve a connector, start by card",
        "Other cards are ignored; the right one starts, and names the reservation.",
    ),
    Case(
        "TC_046_2_CS",
        "Reserve a connector, start from afar",
        "A remote start with the reserved tag starts, and names the reservation.",
    ),
    Case(
        "TC_047_CS",
        "A reservation expires",
        "At its expiry the connector is Available again.",
    ),
    Case("TC_048_1_CS", "Reserve a faulted connector", "It is Faulted."),
    Case("TC_048_2_CS", "Reserve an occupied connector", "It is Occupied."),
    Case("TC_048_3_CS", "Reserve an unavailable connector", "It is Unavailable."),
    Case("TC_048_4_CS", "Reserve a connector that takes none", "It is Rejected."),
    Case(
        "TC_049_CS",
        "Reserve the station",
        "The last free connector is kept for the reserved tag, which may start there.",
    ),
    Case("TC_050_1_CS", "Reserve a faulted station", "It is Faulted."),
    Case("TC_050_2_CS", "Reserve an occupied station", "It is Occupied."),
    Case("TC_050_3_CS", "Reserve an unavailable station", "It is Unavailable."),
    Case("TC_050_4_CS", "Reserve a station that takes none", "It is Rejected."),
    Case(
        "TC_051_CS",
        "Cancel a reservation",
        "It is accepted, and the connector is Available.",
    ),
    Case(
        "TC_052_CS",
        "Cancel an unknown reservation",
        "It is rejected, and the other reservation stays.",
    ),
    Case(
        "TC_053_1_CS",
        "Reserve for a group, start by card",
        "Another card with the reserved parentIdTag starts, and names the reservation.",
    ),
    Case(
        "TC_053_2_CS",
        "Reserve for a group, start from afar",
        "A remote start with another tag of the reserved parentIdTag starts, and names the "
        "reservation.",
    ),
    # Trigger.
    Case(
        "TC_054_CS",
        "Trigger messages",
        "MeterValues, Heartbeat, StatusNotification, DiagnosticsStatusNotification and "
        "FirmwareStatusNotification are accepted, and sent.",
    ),
    Case(
        "TC_055_CS",
        "Trigger a message of an unknown connector",
        "It is rejected, and nothing is sent.",
    ),
    # Smart charging.
    Case(
        "TC_056_CS",
        "TxDefaultProfile",
        "It is accepted, and the composite schedule of a new transaction follows it.",
    ),
    Case(
        "TC_057_CS",
        "TxProfile",
        "It is accepted in a transaction, and its composite schedule follows it.",
    ),
    Case("TC_058_1_CS", "TxProfile without a transaction", "It is rejected."),
    Case("TC_058_2_CS", "TxProfile of another transaction", "It is rejected."),
    Case(
        "TC_059_CS",
        "Remote start with a profile",
        "The transaction starts, and its composite schedule follows the profile.",
    ),
    Case(
        "TC_060_CS",
        "Remote start with a profile of another purpose",
        "It is rejected, or answered with an error, and nothing starts.",
    ),
    Case(
        "TC_066_CS",
        "Composite schedule",
        "At each instant it is the lowest of what the three purposes allow, counted from now.",
    ),
    Case(
        "TC_067_CS",
        "Clear profiles",
        "By id, by purpose and all: each is accepted, and the composite schedule changes.",
    ),
    Case(
        "TC_072_CS",
        "Stacked profiles",
        "The higher stack level wins as long as it lasts, then the lower one counts.",
    ),
    Case(
        "TC_082_CS",
        "TxDefaultProfile in a transaction",
        "It is accepted, and the running transaction follows it.",
    ),
    # Data transfer and security.
    Case(
        "TC_062_CS",
        "Data of an unknown vendor",
        "It is answered with UnknownVendorId or Rejected.",
    ),
    Case(
        "TC_073_CS",
        "New password",
        "A new AuthorizationKey is accepted, and the station connects again with it; twice.",
    ),
    Case(
        "TC_074_CS",
        "New certificate of the station",
        "Asked to, it sends a signing request, takes the signed certificate, and connects again "
        "with it.",
    ),
    Case(
        "TC_075_1_CS",
        "Install a root of the manufacturer",
        "It is accepted, and listed with the right hashes.",
    ),
    Case(
        "TC_075_2_CS",
        "Install a root of the CSMS",
        "It is accepted, and listed with the right hashes.",
    ),
    Case("TC_076_CS", "Delete a certificate", "It is accepted, and is listed no more."),
    Case(
        "TC_077_CS",
        "A wrong certificate for the station",
        "It is rejected, and InvalidChargePointCertificate is told.",
    ),
    Case(
        "TC_078_CS",
        "A wrong root of the CSMS",
        "It is rejected, and InvalidCentralSystemCertificate is told.",
    ),
    Case(
        "TC_079_CS",
        "Security log",
        "It is accepted, Uploading and Uploaded are told, and the file is there.",
    ),
    Case(
        "TC_080_CS",
        "Signed firmware",
        "It is accepted; each step from Downloading by SignatureVerified to Installed is told, "
        "and FirmwareUpdated.",
    ),
    Case(
        "TC_081_CS",
        "Signed firmware with a wrong signature",
        "After Downloaded come InvalidSignature and the security event InvalidFirmwareSignature.",
    ),
    Case(
        "TC_083_CS",
        "Upgrade the security profile",
        "It is accepted, and the station never again connects with the old profile.",
    ),
    Case("TC_084_CS", "Downgrade the security profile", "It is rejected."),
    Case(
        "TC_085_CS",
        "Basic authentication",
        "Every connection shows identity and password.",
    ),
    Case(
        "TC_086_CS",
        "Certificate of the CSMS",
        "It connects over TLS 1.2 or newer with an allowed suite.",
    ),
    Case(
        "TC_087_CS",
        "Certificate of the station",
        "It shows its certificate, and connects.",
    ),
    Case(
        "TC_088_CS",
        "Subprotocol",
        "It offers ocpp1.6, and stays with a CSMS that speaks it.",
        counted=False,
    ),
)

EXCUSED = {
    "TC_032_1_CS": "The case is for stations with a backup supply, and this one has none; "
    "TC_032_2_CS is shown in its place.",
}
"""Why a case is not met, by its id."""

IDS = frozenset(case.id for case in CASES)


def case(id_: str) -> pytest.MarkDecorator:
    """Say that a test plays this case."""
    assert id_ in IDS, id_
    return pytest.mark.case(id_)


def waits_for(room: str) -> pytest.MarkDecorator:
    """Say that a test cannot pass before this is built."""
    return pytest.mark.xfail(strict=True, reason=f"waits for {room}")
