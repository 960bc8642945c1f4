from __future__ import annotations

import asyncio

import pytest

from laadpaal.backoffice.ledger import Wrong
from laadpaal.backoffice.policy import Policy, Registration
from laadpaal.backoffice.server import BackOffice
from laadpaal.station.words import TokenStatus, Verdict
from tests.backoffice.guest import AT, BOTH, START_16, V16, V201, Guest, event, stop_16, visit
from tests.simulation.clock import HandClock

AUTHORIZE = {
    V16: {"idTag": "04ab"},
    V201: {"idToken": {"idToken": "04ab", "type": "ISO14443"}},
}
VERDICT_KEY = {V16: "idTagInfo", V201: "idTokenInfo"}


@BOTH
@pytest.mark.parametrize("registration", list(Registration))
async def test_a_boot_hears_the_registration_the_time_and_the_interval(
    office: BackOffice, version: str, registration: Registration
) -> None:
    """The answer has the policy's word and interval, and the clock's UTC."""
    office.policy = Policy(registration=registration, boot_interval_s=42)
    async with visit(office, version) as guest:
        answer = await guest.boot()

    assert answer == {"status": registration.value, "currentTime": AT, "interval": 42}
    assert office.problems == []


@BOTH
async def test_time_follows_the_clock(office: BackOffice, clock: HandClock, version: str) -> None:
    """A clock that jumped an hour is told as it is."""
    async with visit(office, version) as guest:
        await guest.boot()
        clock.correct(clock.now().utc + 3600.0)

        assert await guest.call("Heartbeat", {}) == {"currentTime": "2023-11-15T13:00:00.000Z"}


@BOTH
@pytest.mark.parametrize("status", [TokenStatus.ACCEPTED, TokenStatus.BLOCKED])
async def test_a_token_hears_its_verdict(
    office: BackOffice, version: str, status: TokenStatus
) -> None:
    """A known token is found whatever its case, with group and expiry."""
    verdict = Verdict(status, group="FAMILY", expires_at=1_700_049_600.0)
    office.policy = Policy(tokens={"04AB": verdict}, others=TokenStatus.INVALID)
    async with visit(office, version) as guest:
        await guest.boot()
        told = (await guest.call("Authorize", AUTHORIZE[version]))[VERDICT_KEY[version]]
        extra = (
            {"parentIdTag": "FAMILY", "expiryDate": AT}
            if version == V16
            else {
                "groupIdToken": {"idToken": "FAMILY", "type": "Central"},
                "cacheExpiryDateTime": AT,
            }
        )

    assert told == {"status": status.value, **extra}


@BOTH
async def test_a_token_nobody_knows_hears_what_others_hear(
    office: BackOffice, version: str
) -> None:
    """The verdict of all others counts; what 1.6 has no word for is Invalid there."""
    office.policy = Policy(others=TokenStatus.NO_CREDIT)
    async with visit(office, version) as guest:
        await guest.boot()
        told = (await guest.call("Authorize", AUTHORIZE[version]))[VERDICT_KEY[version]]

    assert told == {"status": "Invalid" if version == V16 else "NoCredit"}


async def test_a_whole_transaction_of_16_is_in_the_ledger(office: BackOffice) -> None:
    """Start, meter values in kWh, and stop give one transaction with its meter and reason."""
    value = {"value": "0.056", "unit": "kWh"}
    values = [{"timestamp": AT, "sampledValue": [value, {"value": "7", "measurand": "Voltage"}]}]
    async with visit(office) as guest:
        await guest.boot()
        started = await guest.call("StartTransaction", START_16)
        number = started["transactionId"]
        meter = {"connectorId": 1, "transactionId": number, "meterValue": values}
        await guest.call("MeterValues", meter)
        stop = stop_16(number, reason="Remote", idTag="04AB")
        stopped = await guest.call("StopTransaction", stop)
    (told,) = office.ledger.of("CP1")

    assert started == {"transactionId": 1, "idTagInfo": {"status": "Accepted"}}
    assert stopped == {"idTagInfo": {"status": "Accepted"}}
    assert [reading.energy_wh for reading in told.readings] == [50.0, 56.0, 62.0]
    assert (told.token, told.evse, told.reason, told.stops) == ("04AB", 1, "Remote", 1)
    assert (office.ledger.problems(), office.problems) == ((), [])


async def test_a_whole_transaction_of_201_is_in_the_ledger(office: BackOffice) -> None:
    """Its events give one transaction; who sends a token hears of it."""
    token = {"idToken": {"idToken": "04AB", "type": "ISO14443"}}
    end = {"transactionId": "t1", "stoppedReason": "EVDisconnected"}
    async with visit(office, V201) as guest:
        await guest.boot()
        started = await guest.call(
            "TransactionEvent", event("Started", 0, 50.0, evse={"id": 2, "connectorId": 1}, **token)
        )
        updated = await guest.call("TransactionEvent", event("Updated", 1, 56.0))
        await guest.call("TransactionEvent", event("Ended", 2, 62.0, transactionInfo=end))
    (told,) = office.ledger.of("CP1")

    assert (started, updated) == ({"idTokenInfo": {"status": "Accepted"}}, {})
    assert (told.id, told.seqs, told.token) == ("t1", (0, 1, 2), "04AB")
    assert (told.meter_start_wh, told.meter_stop_wh) == (50.0, 62.0)
    assert (told.evse, told.connector, told.reason) == (2, 1, "EVDisconnected")
    assert (office.ledger.problems(), office.problems) == ((), [])


async def test_a_message_that_comes_again_hears_the_same_again(office: BackOffice) -> None:
    """The same id brings the same transaction, even over a new connection."""
    async with visit(office) as guest:
        await guest.boot()
        first = await guest.call("StartTransaction", START_16, "same")
    async with visit(office) as guest:
        again = await guest.call("StartTransaction", START_16, "same")
    (told,) = office.ledger.of("CP1")

    assert first == again
    assert told.starts == 1
    assert office.ledger.problems() == ()


async def test_a_start_under_a_new_id_is_told_twice(office: BackOffice) -> None:
    """An equal start with another message id is a problem in the ledger."""
    async with visit(office) as guest:
        await guest.boot()
        await guest.call("StartTransaction", START_16)
        await guest.call("StartTransaction", START_16)

    assert [one.wrong for one in office.ledger.problems()] == [Wrong.STARTED_TWICE]


@BOTH
async def test_small_talk_is_answered(office: BackOffice, version: str) -> None:
    """Notifications are acknowledged, data of unknown vendors and certificates refused."""
    status = (
        {"connectorId": 1, "errorCode": "NoError", "status": "Available"}
        if version == V16
        else {"timestamp": AT, "connectorStatus": "Available", "evseId": 1, "connectorId": 1}
    )
    async with visit(office, version) as guest:
        await guest.boot()

        assert await guest.call("StatusNotification", status) == {}
        assert await guest.call("FirmwareStatusNotification", {"status": "Idle"}) == {}
        answer = await guest.call("DataTransfer", {"vendorId": "me"})
        assert answer == {"status": "UnknownVendorId"}
        assert await guest.call("SignCertificate", {"csr": "x"}) == {"status": "Rejected"}
    assert office.problems == []


@BOTH
async def test_what_is_not_a_stations_to_call_is_not_supported(
    office: BackOffice, version: str
) -> None:
    """A station that asks us to reset is refused, and that is a problem."""
    async with visit(office, version) as guest:
        await guest.boot()
        kind = "Soft" if version == V16 else "OnIdle"

        assert await guest.refused("Reset", {"type": kind}) == "NotSupported"
    assert len(office.problems) == 1


@BOTH
@pytest.mark.parametrize(
    ("registration", "code"),
    [(Registration.PENDING, "SecurityError"), (Registration.REJECTED, "SecurityError")],
)
async def test_who_is_not_accepted_may_only_boot(
    office: BackOffice, version: str, registration: Registration, code: str
) -> None:
    """A call of a station that is pending or rejected is refused; a new boot helps."""
    office.policy = Policy(registration=registration)
    async with visit(office, version) as guest:
        await guest.boot()
        assert await guest.refused("Heartbeat", {}) == code
        office.policy = Policy()
        await guest.boot()
        await guest.call("Heartbeat", {})

    assert office.problems == [f"CP1: Heartbeat: {code}: not while {registration.value}"]


@BOTH
async def test_who_is_pending_may_call_what_it_was_asked_for(
    office: BackOffice, version: str
) -> None:
    """A triggered message of a pending station is served."""
    office.policy = Policy(registration=Registration.PENDING)
    async with visit(office, version) as guest:
        await guest.boot()
        await triggered(office, guest)
        await guest.call("Heartbeat", {})

    assert office.problems == []


async def triggered(office: BackOffice, guest: Guest) -> None:
    """Trigger a heartbeat."""
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(office.trigger("CP1", "Heartbeat"))
        call = await guest.answer({"status": "Accepted"})

    assert call[2:] == ["TriggerMessage", {"requestedMessage": "Heartbeat"}]
    assert asked.result() == "Accepted"


async def test_who_never_booted_here_is_served_and_noted(office: BackOffice) -> None:
    """It may have been accepted before the back office started."""
    async with visit(office) as guest:
        await guest.call("Heartbeat", {})

    assert office.problems == ["CP1: Heartbeat before any BootNotification"]


NEEDS = {"evseId": 1, "chargingNeeds": {"requestedEnergyTransfer": "AC_three_phase"}}
SCHEDULE = {
    "timeBase": AT,
    "evseId": 1,
    "chargingSchedule": {
        "id": 1,
        "chargingRateUnit": "A",
        "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}],
    },
}
OCSP = {
    "hashAlgorithm": "SHA256",
    "issuerNameHash": "a",
    "issuerKeyHash": "b",
    "serialNumber": "c",
    "responderURL": "d",
}


@pytest.mark.parametrize(
    ("action", "payload", "status"),
    [
        ("GetCertificateStatus", {"ocspRequestData": OCSP}, "Failed"),
        ("NotifyEVChargingNeeds", NEEDS, "Rejected"),
        ("NotifyEVChargingSchedule", SCHEDULE, "Accepted"),
    ],
)
async def test_what_only_201_talks_about_is_answered(
    office: BackOffice, action: str, payload: dict[str, object], status: str
) -> None:
    """Nothing of ISO 15118 is served beyond a polite word."""
    async with visit(office, V201) as guest:
        await guest.boot()

        assert await guest.call(action, payload) == {"status": status}


async def test_nobodys_token_is_always_good(office: BackOffice) -> None:
    """NoAuthorization needs no verdict."""
    office.policy = Policy(others=TokenStatus.BLOCKED)
    token = {"idToken": "", "type": "NoAuthorization"}
    async with visit(office, V201) as guest:
        await guest.boot()
        answer = await guest.call("TransactionEvent", event("Started", 0, 0.0, idToken=token))

    assert answer == {"idTokenInfo": {"status": "Accepted"}}


@pytest.mark.parametrize(
    ("unit", "energy_wh"),
    [({}, 5.0), ({"unit": "kWh"}, 5000.0), ({"unit": "Wh", "multiplier": 3}, 5000.0)],
)
async def test_energy_of_201_is_counted_in_its_unit(
    office: BackOffice, unit: dict[str, object], energy_wh: float
) -> None:
    """Unit and multiplier make the Wh of the ledger; other samples are no energy."""
    samples = [
        {"value": 5.0, "unitOfMeasure": unit},
        {"value": 230.0, "measurand": "Voltage"},
        {"value": 1.0, "phase": "L1"},
    ]
    values = [{"timestamp": AT, "sampledValue": samples}]
    async with visit(office, V201) as guest:
        await guest.boot()
        await guest.call("TransactionEvent", event("Started", 0, 0.0, meterValue=values))
        await guest.call("MeterValues", {"evseId": 0, "meterValue": values})
    (told,) = office.ledger.of("CP1")

    assert [reading.energy_wh for reading in told.readings] == [energy_wh]


@pytest.mark.parametrize("unit", [{"unit": "J"}, {"multiplier": 99}])
async def test_energy_in_no_unit_of_energy_is_refused(
    office: BackOffice, unit: dict[str, object]
) -> None:
    """A unit or a multiplier that makes no sense is a wrong value."""
    values = [{"timestamp": AT, "sampledValue": [{"value": 5.0, "unitOfMeasure": unit}]}]
    told = {"evseId": 1, "meterValue": values}
    async with visit(office, V201) as guest:
        await guest.boot()

        assert await guest.refused("MeterValues", told) == "PropertyConstraintViolation"


async def test_energy_of_16_in_watts_is_refused(office: BackOffice) -> None:
    """So is it outside of any transaction."""
    values = [{"timestamp": AT, "sampledValue": [{"value": "5", "unit": "W"}]}]
    told = {"connectorId": 1, "meterValue": values}
    async with visit(office) as guest:
        await guest.boot()

        assert await guest.refused("MeterValues", told) == "PropertyConstraintViolation"


async def test_a_policy_that_cannot_be_told_is_our_failure(
    office: BackOffice, caplog: pytest.LogCaptureFixture
) -> None:
    """A group too long for 1.6 brings a CALLERROR and a log, and the station is not to blame."""
    office.policy = Policy(tokens={"04AB": Verdict(TokenStatus.ACCEPTED, group="G" * 21)})
    async with visit(office) as guest:
        await guest.boot()

        assert await guest.refused("Authorize", AUTHORIZE[V16]) == "InternalError"
    assert office.problems == []
    assert "The answer to Authorize of CP1 cannot be told" in caplog.messages
