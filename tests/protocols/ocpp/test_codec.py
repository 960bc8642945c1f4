from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from laadpaal.protocols.ocpp import codec, v16, v201
from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.protocols.ocpp.message import Message
from laadpaal.protocols.ocpp.version import Language

STOP_IN_HERTZ = (
    b'{"transactionId":1,"meterStop":1,"timestamp":"t","transactionData":'
    b'[{"timestamp":"t","sampledValue":[{"value":"1","unit":"Hertz"}]}]}'
)
PROFILE_IN_HUNDREDTHS = (
    b'{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,'
    b'"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute",'
    b'"chargingSchedule":{"chargingRateUnit":"A",'
    b'"chargingSchedulePeriod":[{"startPeriod":0,"limit":16.04}]}}}'
)
STARTED = b'{"idTagInfo":{"status":"Accepted"},"transactionId":7}'
BAD_16 = [
    ("Authorize", b"{", "FormationViolation", "$"),
    ("Authorize", b"[]", "FormationViolation", "$"),
    ("Authorize", b"null", "FormationViolation", "$"),
    ("Authorize", b'{"idTag":"a","extra":1}', "FormationViolation", "$"),
    ("Authorize", b"{}", "ProtocolError", "$"),
    ("Authorize", b'{"idTag":null}', "TypeConstraintViolation", "$.idTag"),
    ("Authorize", b'{"idTag":"%s"}' % (b"a" * 21), "PropertyConstraintViolation", "$.idTag"),
    ("Reset", b'{"type":"Medium"}', "PropertyConstraintViolation", "$.type"),
    ("Reset", b'{"type":7}', "TypeConstraintViolation", "$.type"),
    ("UnlockConnector", b'{"connectorId":true}', "TypeConstraintViolation", "$.connectorId"),
    ("UnlockConnector", b'{"connectorId":1.0}', "TypeConstraintViolation", "$.connectorId"),
    (
        "MeterValues",
        b'{"connectorId":1,"meterValue":[]}',
        "OccurenceConstraintViolation",
        "$.meterValue",
    ),
    (
        "MeterValues",
        b'{"connectorId":1,"meterValue":[{"timestamp":"t","sampledValue":[]}]}',
        "OccurenceConstraintViolation",
        "$",
    ),
    (
        "StopTransaction",
        STOP_IN_HERTZ,
        "PropertyConstraintViolation",
        "$",
    ),
    (
        "SetChargingProfile",
        PROFILE_IN_HUNDREDTHS,
        "PropertyConstraintViolation",
        "$.csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0]",
    ),
    ("Rest", b"{}", "NotImplemented", "$"),
]
BAD_201 = [
    ("Reset", b"nul", "FormatViolation", "$"),
    ("Reset", b"3", "FormatViolation", "$"),
    ("Reset", b'{"type":"OnIdle","extra":1}', "ProtocolError", "$"),
    ("Reset", b"{}", "OccurrenceConstraintViolation", "$"),
    ("Reset", b'{"type":"Hard"}', "PropertyConstraintViolation", "$.type"),
    ("Reset", b'{"type":"OnIdle","evseId":"1"}', "TypeConstraintViolation", "$.evseId"),
    ("Reset", b'{"type":"OnIdle","evseId":1.5}', "TypeConstraintViolation", "$.evseId"),
    (
        "Reset",
        b'{"type":"OnIdle","evseId":1.0,"extra":1}',
        "ProtocolError",
        "$",
    ),
    (
        "Reset",
        b'{"type":"OnIdle","customData":{"a":1}}',
        "OccurrenceConstraintViolation",
        "$.customData",
    ),
    (
        "Reset",
        b'{"type":"OnIdle","customData":{"vendorId":1}}',
        "TypeConstraintViolation",
        "$.customData",
    ),
    ("Reset", b'{"type":"OnIdle","customData":1}', "TypeConstraintViolation", "$.customData"),
    (
        "Reset",
        b'{"type":"OnIdle","customData":{"vendorId":"%s"}}' % (b"v" * 256),
        "PropertyConstraintViolation",
        "$.customData",
    ),
    (
        "GetVariables",
        b'{"getVariableData":[]}',
        "OccurrenceConstraintViolation",
        "$.getVariableData",
    ),
    ("DataTransfer", b'{"vendorId":"v","data":1e400}', "PropertyConstraintViolation", "$.data"),
    ("DataTransfer", b'{"vendorId":"v","data":NaN}', "FormatViolation", "$"),
    ("DataTransfer", b'{"vendorId":"\\ud800"}', "FormatViolation", "$"),
    ("DataTransfer", b'{"vendorId":"\xff"}', "FormatViolation", "$"),
    ("DataTransfer", b'{"vendorId":"v","data":%s' % (b"[" * 9000), "FormatViolation", "$"),
    (
        "CancelReservation",
        b'{"reservationId":%s}' % (b"9" * 10_000),
        "PropertyConstraintViolation",
        "$.reservationId",
    ),
    ("Rest", b"{}", "NotImplemented", "$"),
]
BAD = [(v16.LANGUAGE, *row) for row in BAD_16] + [(v201.LANGUAGE, *row) for row in BAD_201]


@pytest.mark.parametrize(("language", "action", "payload", "code", "path"), BAD)
def test_a_wrong_payload_gets_its_code_and_path(
    language: Language, action: str, payload: bytes, code: str, path: str
) -> None:
    """Each way to be wrong has the error code of its version, and the place is named."""
    with pytest.raises(RemoteProtocolError) as caught:
        codec.decode_call(language, action, payload)

    assert (code, path) == (caught.value.code, caught.value.path)
    assert caught.value.message_id is None


def test_a_long_complaint_is_cut_to_what_a_callerror_may_hold() -> None:
    """The description of a CALLERROR is at most 255 characters."""
    with pytest.raises(RemoteProtocolError) as caught:
        codec.decode_call(v201.LANGUAGE, "Reset", b'{"%s":1}' % (b"x" * 5000))

    assert len(caught.value.detail) == 255


def test_a_whole_number_may_be_written_as_float_where_the_schema_takes_it() -> None:
    """2.0.1 takes 1.0 for 1, as JSON schema draft 6 does, and we say 1."""
    message = codec.decode_call(v201.LANGUAGE, "Reset", b'{"type":"OnIdle","evseId":1.0}')

    assert v201.Reset(type=v201.ResetEnum.OnIdle, evseId=1) == message
    assert bytes(codec.encode(message)) == b'{"type":"OnIdle","evseId":1}'


def test_an_absent_field_is_unset_and_stays_absent() -> None:
    """What is not there is UNSET, never None, and is not sent."""
    message = codec.decode_type(v16.LANGUAGE, v16.StartTransactionResponse, STARTED)

    assert message.idTagInfo.expiryDate is msgspec.UNSET
    assert bytes(codec.encode(message)) == STARTED


def test_a_call_and_its_response_have_their_own_class() -> None:
    """The same action means another message in each direction."""
    assert codec.decode_call(v16.LANGUAGE, "Heartbeat", b"{}") == v16.Heartbeat()
    with pytest.raises(RemoteProtocolError, match="currentTime"):
        codec.decode_response(v16.LANGUAGE, "Heartbeat", b"{}")


def test_custom_data_keeps_fields_nobody_knows() -> None:
    """Vendor fields survive the way in and the way out."""
    text = b'{"status":"Accepted","customData":{"vendorId":"v","a":{"b":[1,null]}}}'

    message = codec.decode_type(v201.LANGUAGE, v201.ResetResponse, text)

    assert v201.CustomData({"vendorId": "v", "a": {"b": [1, None]}}) == message.customData
    assert isinstance(message.customData, v201.CustomData)
    assert message.customData.vendorId == "v"
    assert message == codec.decode_type(v201.LANGUAGE, v201.ResetResponse, codec.encode(message))


def test_custom_data_is_a_value() -> None:
    """Equal fields are equal things with one hash, and the fields can be read in a log."""
    one, same = v201.CustomData({"vendorId": "v"}), v201.CustomData({"vendorId": "v"})

    assert {one} == {same}
    assert one != {"vendorId": "v"}
    assert repr(one) == "CustomData({'vendorId': 'v'})"


WRONG: list[Callable[[], Message]] = [
    lambda: v201.Reset(type="Hard"),  # type: ignore[arg-type]  # wrong on purpose
    lambda: v201.Reset(type=None),  # type: ignore[arg-type]  # wrong on purpose
    lambda: v201.Reset(type=v201.ResetEnum.OnIdle, evseId=None),  # type: ignore[arg-type]  # wrong on purpose
    lambda: v201.Reset(type=v201.ResetEnum.OnIdle, evseId=1.0),  # type: ignore[arg-type]  # wrong on purpose
    lambda: v201.GetVariables(getVariableData=()),
    lambda: v201.CostUpdated(totalCost=float("nan"), transactionId="t"),
    lambda: v201.CostUpdated(totalCost=1.0, transactionId="t" * 37),
    lambda: v201.DataTransfer(vendorId="\ud800"),
    lambda: v201.DataTransfer(vendorId="v", data=object()),
    lambda: v16.ChargingSchedulePeriod(startPeriod=0, limit=16.04),
    lambda: v16.StopTransaction(
        transactionId=1,
        meterStop=1,
        timestamp="t",
        transactionData=(hertz(),),
    ),
    lambda: v16.MeterValues(
        connectorId=1, meterValue=(v16.MeterValue(timestamp="t", sampledValue=()),)
    ),
]


def hertz() -> v16.MeterValue:
    """Return a meter value with a unit that only MeterValues knows."""
    sample = v16.SampledValue(value="50", unit=v16.UnitOfMeasure.Hertz)
    return v16.MeterValue(timestamp="t", sampledValue=(sample,))


@pytest.mark.parametrize("row", range(len(WRONG)))
def test_we_cannot_send_what_the_schema_forbids(row: int) -> None:
    """A wrong value of ours stops before the wire."""
    with pytest.raises(LocalProtocolError):
        codec.encode(WRONG[row]())


def test_what_contains_itself_cannot_be_sent() -> None:
    """Endless data is a mistake of ours, not a crash."""
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(LocalProtocolError):
        codec.encode(v201.DataTransfer(vendorId="v", data=endless))


def test_meter_values_may_be_in_hertz() -> None:
    """The unit that StopTransaction lacks is fine in MeterValues."""
    message = v16.MeterValues(connectorId=1, meterValue=(hertz(),))

    assert message == codec.decode_call(v16.LANGUAGE, "MeterValues", codec.encode(message))


@pytest.mark.parametrize("limit", [16, 16.0, 0.1, 0.3, 21.4, 32.7, 1e6])
def test_a_limit_in_tenths_passes(limit: float) -> None:
    """One decimal is allowed, whatever a double makes of it."""
    period = v16.ChargingSchedulePeriod(startPeriod=0, limit=limit)

    assert limit == period.limit


def test_words_are_members_named_after_themselves() -> None:
    """An enum member is the specification's word with its punctuation as underscores."""
    assert v201.Measurand.Energy_Active_Import_Register.value == "Energy.Active.Import.Register"
    assert v16.Phase.L1_N.value == "L1-N"
    assert v16.Reason.EVDisconnected.value == "EVDisconnected"
    assert v201.TransactionEventEnum.Updated.value == "Updated"
