"""What each error of dialling means."""

from __future__ import annotations

import ssl

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.http11 import Response

from laadpaal.csms.errors import OtherSubprotocolError
from laadpaal.csms.failures import Cause, Failure, failure_of, hinted
from laadpaal.csms.tls import ChainFlawed, TlsPolicy
from laadpaal.protocols.pki import Flaw, Reason, Role
from laadpaal.station.security import SecurityKind


def status(code: int) -> InvalidStatus:
    return InvalidStatus(Response(code, "", Headers()))


def tls(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, f"[SSL: {reason}]")
    error.reason = reason
    return error


def verify(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "why"
    return error


def flawed(reason: Reason) -> ChainFlawed:
    return ChainFlawed(Flaw(Role.LEAF, "CN=x", reason))


def caused(cause: BaseException) -> InvalidMessage:
    error = InvalidMessage("did not receive a valid HTTP response")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (flawed(Reason.EXPIRED), Cause.EXPIRED),
        (flawed(Reason.NOT_YET_VALID), Cause.NOT_YET_VALID),
        (flawed(Reason.UNKNOWN_ISSUER), Cause.UNKNOWN_ROOT),
        (flawed(Reason.NO_AUTHORITY), Cause.BAD_CERTIFICATE),
        (verify(10), Cause.EXPIRED),
        (verify(9), Cause.NOT_YET_VALID),
        (verify(7), Cause.UNKNOWN_ROOT),
        (verify(18), Cause.UNKNOWN_ROOT),
        (verify(19), Cause.UNKNOWN_ROOT),
        (verify(20), Cause.UNKNOWN_ROOT),
        (verify(62), Cause.WRONG_HOST),
        (verify(64), Cause.WRONG_HOST),
        (verify(23), Cause.REVOKED),
        (verify(3), Cause.BAD_CERTIFICATE),
        (ssl.SSLCertVerificationError("unreadable"), Cause.BAD_CERTIFICATE),
        (tls("SSLV3_ALERT_HANDSHAKE_FAILURE"), Cause.NO_COMMON_SUITE),
        (tls("TLSV1_ALERT_INSUFFICIENT_SECURITY"), Cause.NO_COMMON_SUITE),
        (tls("TLSV1_ALERT_PROTOCOL_VERSION"), Cause.OTHER_TLS_VERSION),
        (tls("UNSUPPORTED_PROTOCOL"), Cause.OTHER_TLS_VERSION),
        (tls("TLSV13_ALERT_CERTIFICATE_REQUIRED"), Cause.STATION_REFUSED),
        (tls("TLSV1_ALERT_UNKNOWN_CA"), Cause.STATION_REFUSED),
        (tls("UNEXPECTED_EOF_WHILE_READING"), Cause.HUNG_UP),
        (tls("WRONG_VERSION_NUMBER"), Cause.UNREACHABLE),
        (ssl.SSLError("no reason"), Cause.UNREACHABLE),
        (status(401), Cause.LOGIN_REFUSED),
        (status(403), Cause.LOGIN_REFUSED),
        (status(404), Cause.UNKNOWN_STATION),
        (status(503), Cause.UNREACHABLE),
        (OtherSubprotocolError("it does not speak ocpp1.6"), Cause.OTHER_SUBPROTOCOL),
        (ConnectionResetError(), Cause.HUNG_UP),
        (EOFError(), Cause.HUNG_UP),
        (caused(EOFError()), Cause.HUNG_UP),
        (caused(ValueError()), Cause.UNREACHABLE),
        (ConnectionRefusedError(111, "refused"), Cause.UNREACHABLE),
        (TimeoutError(), Cause.UNREACHABLE),
    ],
)
def test_each_error_has_its_cause(error: BaseException, cause: Cause) -> None:
    """As somebody who must mend it would say."""
    assert failure_of(error).cause is cause


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (Cause.NO_COMMON_SUITE, SecurityKind.BAD_TLS_SUITE),
        (Cause.OTHER_TLS_VERSION, SecurityKind.BAD_TLS_VERSION),
        (Cause.EXPIRED, SecurityKind.BAD_CSMS_CERTIFICATE),
        (Cause.WRONG_HOST, SecurityKind.BAD_CSMS_CERTIFICATE),
        (Cause.LOGIN_REFUSED, SecurityKind.CSMS_LOGIN_FAILED),
        (Cause.STATION_REFUSED, SecurityKind.CSMS_LOGIN_FAILED),
        (Cause.UNREACHABLE, None),
        (Cause.HUNG_UP, None),
        (Cause.UNKNOWN_STATION, None),
        (Cause.OTHER_SUBPROTOCOL, None),
    ],
)
def test_what_bears_on_security_is_an_incident(cause: Cause, kind: SecurityKind | None) -> None:
    """An ordinary outage is none."""
    assert Failure(cause).incident is kind


def test_a_failure_is_told_with_what_is_to_blame() -> None:
    """Where something is."""
    assert str(Failure(Cause.UNREACHABLE, "refused")) == "out of reach: refused"
    assert str(Failure(Cause.HUNG_UP)) == "the server hangs up"


def test_the_narrow_policy_points_at_the_other() -> None:
    """Where that may help."""
    old, modern = TlsPolicy.RELEASE_412, TlsPolicy.MODERN
    suite, date = Failure(Cause.NO_COMMON_SUITE, "alert"), Failure(Cause.EXPIRED, "leaf")

    assert hinted(suite, old).detail == "alert; tls_policy modern offers more"
    assert hinted(suite, modern) == suite
    assert hinted(date, old) == date
