"""The words of files that are fetched and sent: firmware, logs, and how often each is tried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

MOST_RETRIES = 100
LONGEST_WAIT_S = 86_400


@dataclass(frozen=True, slots=True)
class Retrying:
    """How often a transfer that failed is tried again, and the seconds before each time."""

    times: int = 3
    wait_s: int = 60

    @classmethod
    def bounded(cls, times: int | None, wait_s: int | None) -> Retrying:
        """Return what somebody wishes as far as it is sensible; None leaves the choice to us."""
        return cls(
            DEFAULT.times if times is None else min(max(times, 0), MOST_RETRIES),
            DEFAULT.wait_s if wait_s is None else min(max(wait_s, 0), LONGEST_WAIT_S),
        )


DEFAULT = Retrying()


class LogKind(Enum):
    """Which log is sent."""

    DIAGNOSTICS = "diagnostics"
    SECURITY = "security"


class UploadStatus(Enum):
    """How the upload of a log stands, spelled as in OCPP 2.0.1 UploadLogStatusEnumType."""

    UPLOADING = "Uploading"
    UPLOADED = "Uploaded"
    FAILED = "UploadFailure"
    DENIED = "PermissionDenied"
    BAD_MESSAGE = "BadMessage"
    NOT_SUPPORTED = "NotSupportedOperation"
    CANCELED = "AcceptedCanceled"
    """Given up for a later one."""


class FirmwareStatus(Enum):
    """How an update stands, spelled as in OCPP 2.0.1 FirmwareStatusEnumType."""

    IDLE = "Idle"
    """There is none; never told by itself."""
    DOWNLOAD_SCHEDULED = "DownloadScheduled"
    DOWNLOADING = "Downloading"
    DOWNLOADED = "Downloaded"
    DOWNLOAD_FAILED = "DownloadFailed"
    SIGNATURE_VERIFIED = "SignatureVerified"
    INVALID_SIGNATURE = "InvalidSignature"
    INSTALL_VERIFICATION_FAILED = "InstallVerificationFailed"
    INSTALL_SCHEDULED = "InstallScheduled"
    """Also while running transactions are waited for."""
    INSTALLING = "Installing"
    INSTALL_REBOOTING = "InstallRebooting"
    INSTALLED = "Installed"
    INSTALLATION_FAILED = "InstallationFailed"


class UpdateCode(IntEnum):
    """How an update stands, in the numbers that installers' tools read (property 2911_0)."""

    ROLLED_BACK = -4
    ROLLING_BACK = -3
    UPDATE_ERROR = -2
    DOWNLOAD_ERROR = -1
    NONE = 0
    ERASING = 1
    ERASED = 2
    READY_TO_DOWNLOAD = 3
    DOWNLOADING = 4
    DOWNLOADED = 5
    CHECKED = 6
    READY = 7
    """Good, and waiting for its hour and for whoever charges."""
    UPDATING = 8
    READY_TO_ROLL = 9
    """In place; it runs after the next start."""
    DONE = 10
    DIGESTING = 11
    """Its checksum is being made."""
    DIGESTED = 12


class FirmwareVerdict(Enum):
    """What came of looking at firmware that was fetched."""

    GOOD = "good"
    BAD_SIGNATURE = "bad signature"
    BAD_IMAGE = "bad image"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who vouches for firmware.

    Args:
        certificate: Of the signer, in PEM.
        signature: Over the SHA-256 of the whole file, in base64.
    """

    certificate: str
    signature: str


@dataclass(frozen=True, slots=True)
class FirmwareOrder:
    """What was asked for.

    Args:
        location: The URL, which may hold credentials.
        retrieve_at: UTC second before which it is not fetched.
        install_at: UTC second before which it is not installed; None is at once.
        id: The asker's number, told with every status.
        signed: None for firmware without a signature.
    """

    location: str
    retrieve_at: float
    install_at: float | None = None
    id: int | None = None
    signed: Signed | None = None
    retrying: Retrying = DEFAULT


@dataclass(frozen=True, slots=True)
class FirmwareUpdate:
    """An update and how far it has come; survives power cuts.

    Args:
        failures: Attempts to fetch it that failed.
        version: What the image calls itself; "" until it was found good.
        told: Whether the CSMS has answered to `status`.
    """

    order: FirmwareOrder
    status: FirmwareStatus = FirmwareStatus.IDLE
    failures: int = 0
    version: str = ""
    told: bool = False
