"""Why there is no connection to the CSMS, told apart by what somebody can do about it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from enum import Enum

from websockets.exceptions import InvalidMessage, InvalidStatus

from laadpaal.csms.errors import OtherSubprotocolError
from laadpaal.csms.tls import ChainFlawed, TlsPolicy
from laadpaal.protocols.pki import Reason
from laadpaal.station.security import SecurityKind


class Cause(Enum):
    """What went wrong, in words for the log."""

    NO_COMMON_SUITE = "no common cipher suite (probable)"
    OTHER_TLS_VERSION = "no common TLS version"
    EXPIRED = "certificate has expired"
    NOT_YET_VALID = "certificate is not yet valid"
    UNKNOWN_ROOT = "certificate of an unknown root"
    WRONG_HOST = "certificate of another host"
    REVOKED = "certificate was revoked"
    BAD_CERTIFICATE = "certificate is not acceptable"
    STATION_REFUSED = "the station's own certificate is refused"
    LOGIN_REFUSED = "the password is refused"
    UNKNOWN_STATION = "the server does not know this station"
    OTHER_SUBPROTOCOL = "the server does not speak our version"
    HUNG_UP = "the server hangs up"
    UNREACHABLE = "out of reach"


_INCIDENTS = {
    Cause.NO_COMMON_SUITE: SecurityKind.BAD_TLS_SUITE,
    Cause.OTHER_TLS_VERSION: SecurityKind.BAD_TLS_VERSION,
    Cause.EXPIRED: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.NOT_YET_VALID: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.UNKNOWN_ROOT: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.WRONG_HOST: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.REVOKED: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.BAD_CERTIFICATE: SecurityKind.BAD_CSMS_CERTIFICATE,
    Cause.STATION_REFUSED: SecurityKind.CSMS_LOGIN_FAILED,
    Cause.LOGIN_REFUSED: SecurityKind.CSMS_LOGIN_FAILED,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one attempt to connect has failed; `detail` names what is to blame."""

    cause: Cause
    detail: str = ""

    @property
    def incident(self) -> SecurityKind | None:
        """Which security event it is; None for an ordinary failure."""
        return _INCIDENTS.get(self.cause)

    def __str__(self) -> str:
        return f"{self.cause.value}: {self.detail}" if self.detail else self.cause.value


# Numbers of the TLS library (X509_V_ERR_...).
_VERIFY = {
    2: Cause.UNKNOWN_ROOT,
    7: Cause.UNKNOWN_ROOT,  # the name of a root we trust, but not its key
    9: Cause.NOT_YET_VALID,
    10: Cause.EXPIRED,
    18: Cause.UNKNOWN_ROOT,
    19: Cause.UNKNOWN_ROOT,
    20: Cause.UNKNOWN_ROOT,
    21: Cause.UNKNOWN_ROOT,
    23: Cause.REVOKED,
    62: Cause.WRONG_HOST,
    64: Cause.WRONG_HOST,
}
_REASONS = {
    Reason.EXPIRED: Cause.EXPIRED,
    Reason.NOT_YET_VALID: Cause.NOT_YET_VALID,
    Reason.UNKNOWN_ISSUER: Cause.UNKNOWN_ROOT,
}
_ALERTS = {
    "HANDSHAKE_FAILURE": Cause.NO_COMMON_SUITE,
    "INSUFFICIENT_SECURITY": Cause.NO_COMMON_SUITE,
    "NO_CIPHERS_AVAILABLE": Cause.NO_COMMON_SUITE,
    "PROTOCOL_VERSION": Cause.OTHER_TLS_VERSION,
    "UNSUPPORTED_PROTOCOL": Cause.OTHER_TLS_VERSION,
    "BAD_CERTIFICATE": Cause.STATION_REFUSED,
    "CERTIFICATE_EXPIRED": Cause.STATION_REFUSED,
    "CERTIFICATE_REQUIRED": Cause.STATION_REFUSED,
    "CERTIFICATE_REVOKED": Cause.STATION_REFUSED,
    "CERTIFICATE_UNKNOWN": Cause.STATION_REFUSED,
    "UNKNOWN_CA": Cause.STATION_REFUSED,
    "ACCESS_DENIED": Cause.STATION_REFUSED,
}
"""Ends of the reason the TLS library gives: what it found itself, or the alert of the server."""
_STATUSES = {
    401: Cause.LOGIN_REFUSED,
    403: Cause.LOGIN_REFUSED,
    404: Cause.UNKNOWN_STATION,
}


def failure_of(error: BaseException) -> Failure:
    """Return what an error of dialling means."""
    match error:
        case ChainFlawed(flaw=flaw):
            return Failure(_REASONS.get(flaw.reason, Cause.BAD_CERTIFICATE), str(flaw))
        case ssl.SSLCertVerificationError():
            code = getattr(error, "verify_code", None)
            detail = getattr(error, "verify_message", None) or str(error)
            return Failure(_VERIFY.get(code or 0, Cause.BAD_CERTIFICATE), detail)
        case ssl.SSLError():
            return _of_alert(error)
        case InvalidStatus():
            status = error.response.status_code
            return Failure(_STATUSES.get(status, Cause.UNREACHABLE), str(error))
        case OtherSubprotocolError():
            return Failure(Cause.OTHER_SUBPROTOCOL, str(error))
        case ConnectionResetError() | EOFError():
            return Failure(Cause.HUNG_UP)
        case InvalidMessage(__cause__=EOFError()):
            return Failure(Cause.HUNG_UP, str(error))
        case _:
            return Failure(Cause.UNREACHABLE, str(error) or type(error).__name__)


def hinted(failure: Failure, policy: TlsPolicy) -> Failure:
    """Return the failure with the remark that the other policy offers more, where it does."""
    narrow = {Cause.NO_COMMON_SUITE, Cause.OTHER_TLS_VERSION}
    if policy is TlsPolicy.MODERN or failure.cause not in narrow:
        return failure
    return Failure(failure.cause, f"{failure.detail}; tls_policy modern offers more")


def _of_alert(error: ssl.SSLError) -> Failure:
    reason = getattr(error, "reason", None) or ""
    for end, cause in _ALERTS.items():
        if reason.endswith(end):
            return Failure(cause, reason.replace("_", " ").lower())
    return Failure(Cause.HUNG_UP if "EOF" in reason else Cause.UNREACHABLE, str(error))
