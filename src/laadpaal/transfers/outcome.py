"""How a transfer ended: values, and the one place where the exceptions of others become them."""

from __future__ import annotations

import ftplib
import http.client
import socket
import ssl
from dataclasses import dataclass
from enum import Enum

from laadpaal.protocols.firmware.errors import PackageError
from laadpaal.protocols.location import LocationError


class Trouble(Enum):
    """What went wrong."""

    BAD_LOCATION = "the location cannot be used"
    UNREACHABLE = "the server cannot be reached"
    UNTRUSTED = "TLS could not be agreed on"
    DENIED = "the server wants other credentials"
    REFUSED = "the server refused"
    NOT_SUPPORTED = "the server does not do that"
    BROKEN = "the server broke the protocol"
    LOST = "the connection ended early"
    SLOW = "it took too long"
    WRONG_SIZE = "the size is not allowed, or not what was announced"
    WRONG_FILE = "the file is none for this station"
    DISK = "the file cannot be read or written"


@dataclass(frozen=True, slots=True)
class Done:
    """The whole file is where it should be."""

    size: int


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not; `detail` never holds credentials."""

    trouble: Trouble
    detail: str = ""

    def __str__(self) -> str:
        """Return it for people."""
        return f"{self.trouble.value}: {self.detail}" if self.detail else self.trouble.value


Outcome = Done | Failed


class TransferError(Exception):
    """A transfer cannot go on; carries the failure out of the functions that it ends."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail)
        self.failed = Failed(trouble, detail)


TROUBLES = (
    TransferError,
    LocationError,
    PackageError,
    OSError,
    EOFError,
    http.client.HTTPException,
    ftplib.Error,
    UnicodeError,
)
"""What a transfer may raise."""

_LOGIN, _NO_SUCH_COMMAND = ("530", "331", "332", "534"), ("500", "502", "504")


def named(wrong: Exception) -> Failed:  # noqa: C901, PLR0912  one case for each of TROUBLES
    """Return the failure that an exception means; never its text where a URL may be in it."""
    match wrong:
        case TransferError():
            return wrong.failed
        case LocationError():
            return Failed(Trouble.BAD_LOCATION, str(wrong))
        case PackageError():
            return Failed(Trouble.WRONG_FILE, str(wrong))
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError() | EOFError():
            return Failed(Trouble.LOST)
        case ssl.SSLCertVerificationError():
            return Failed(Trouble.UNTRUSTED, wrong.verify_message)
        case ssl.SSLError():
            return Failed(Trouble.UNTRUSTED, wrong.reason or "")
        case TimeoutError():
            return Failed(Trouble.SLOW)
        case socket.gaierror():
            return Failed(Trouble.UNREACHABLE, "its name is not known")
        case http.client.RemoteDisconnected() | http.client.IncompleteRead():
            return Failed(Trouble.LOST)
        case OSError():
            return Failed(Trouble.LOST, wrong.strerror or "")
        case ftplib.Error():
            return _ftp(str(wrong)[:3])
        case UnicodeDecodeError():
            return Failed(Trouble.BROKEN, "what the server says is no text")
        case UnicodeError():
            return Failed(Trouble.BAD_LOCATION, "a name in it cannot be spelled")
        case _:
            return Failed(Trouble.BROKEN, type(wrong).__name__)


def _ftp(code: str) -> Failed:
    if code in _LOGIN:
        return Failed(Trouble.DENIED, f"reply {code}")
    if code in _NO_SUCH_COMMAND:
        return Failed(Trouble.NOT_SUPPORTED, f"reply {code}")
    if code.isdigit() and code[0] in "45":
        return Failed(Trouble.REFUSED, f"reply {code}")
    return Failed(Trouble.BROKEN, "a reply that is none")
