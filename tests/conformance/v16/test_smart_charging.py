"""How the CSMS limits the current."""

from __future__ import annotations

from typing import Any

import pytest

from laadpaal.protocols.ocpp import rpc, timestamp
from tests.conformance.stage import TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import status

ACCEPTED, REJECTED = {"status": "Accepted"}, {"status": "Rejected"}
MAX, DEFAULT, TX = "ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"
HARDWARE_A = 16.0
"""What a connector gives that nobody limits."""
STEPS = {0: 10.0, 60: 8.0, 120: 6.0}

Steps = dict[int, float]


def profile(
    stage: Stage, purpose: str, steps: Steps, id_: int = 1, stack: int = 0, **more: object
) -> dict[str, Any]:
    """Return a profile that begins now and has these limits in ampere by second."""
    lasts_s: dict[str, object] = {"duration": more.pop("duration")} if "duration" in more else {}
    periods = [{"startPeriod": second, "limit": limit_a} for second, limit_a in steps.items()]
    return {
        "chargingProfileId": id_,
        "stackLevel": stack,
        "chargingProfilePurpose": purpose,
        "chargingProfileKind": "Absolute",
        "chargingSchedule": {
            "startSchedule": stage.csms.instant(),
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": periods,
            **lasts_s,
        },
        **more,
    }


async def install(stage: Stage, connector: int, sent: dict[str, Any]) -> dict[str, Any]:
    """Send a profile, and return the answer."""
    return await stage.csms.call(
        "SetChargingProfile", connectorId=connector, csChargingProfiles=sent
    )


async def composite(stage: Stage, lasts_s: int, connector: int = 1) -> Steps:
    """Return the schedule that the station expects from now on, in ampere by second."""
    answer = await stage.csms.call(
        "GetCompositeSchedule", connectorId=connector, duration=lasts_s, chargingRateUnit="A"
    )
    began = timestamp.parse(answer["scheduleStart"])
    schedule = answer["chargingSchedule"]

    assert (answer["status"], answer["connectorId"]) == ("Accepted", connector)
    assert began == pytest.approx(stage.clock.now().utc, abs=2.0)
    assert schedule["chargingRateUnit"] == "A"
    periods = schedule["chargingSchedulePeriod"]
    return {period["startPeriod"]: period["limit"] for period in periods}


async def start(stage: Stage, **fields: object) -> int:
    """Plug in, and start from afar; return the number of the transaction."""
    await stage.configure(AuthorizeRemoteTxRequests=False)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG, **fields)
    assert answer == ACCEPTED
    await stage.hear_start()
    return stage.csms.transaction


@case("TC_056_CS")
async def test_tc_056_default(stage: Stage) -> None:
    """A new transaction follows the default from its beginning."""
    await stage.boot()
    answer = await install(stage, 1, profile(stage, DEFAULT, STEPS, duration=300))
    await start(stage)

    assert answer == ACCEPTED
    assert await composite(stage, 200) == STEPS
    assert stage.bench.sockets[1].offered_a == 10.0
    await stage.clock.sleep(65)
    assert stage.bench.sockets[1].offered_a == 8.0


@case("TC_057_CS")
async def test_tc_057_transaction(stage: Stage) -> None:
    """A running transaction follows the profile that was made for it."""
    await stage.boot()
    number = await start(stage)
    sent = profile(stage, TX, STEPS, transactionId=number, duration=300)

    assert await install(stage, 1, sent) == ACCEPTED
    assert await composite(stage, 200) == STEPS
    assert stage.bench.sockets[1].offered_a == 10.0


@case("TC_058_1_CS")
async def test_tc_058_1_no_transaction(stage: Stage) -> None:
    """A profile for a transaction needs one."""
    await stage.boot()

    assert await install(stage, 1, profile(stage, TX, STEPS, transactionId=1)) == REJECTED
    assert await install(stage, 1, profile(stage, TX, STEPS)) == REJECTED


@case("TC_058_2_CS")
async def test_tc_058_2_another_transaction(stage: Stage) -> None:
    """A profile for another transaction does not touch the one that runs."""
    await stage.boot()
    number = await start(stage)

    assert await install(stage, 1, profile(stage, TX, STEPS, transactionId=number + 1)) == REJECTED
    assert await composite(stage, 200) == {0: HARDWARE_A}


@case("TC_059_CS")
async def test_tc_059_remote_start_with_profile(stage: Stage) -> None:
    """A transaction that is started with a profile follows it."""
    await stage.boot()
    await start(stage, chargingProfile=profile(stage, TX, STEPS, duration=300))

    assert await composite(stage, 200) == STEPS
    assert stage.bench.sockets[1].offered_a == 10.0


@case("TC_060_CS")
async def test_tc_060_remote_start_with_another_purpose(stage: Stage) -> None:
    """Nothing starts with a profile that is not made for a transaction."""
    await stage.boot()
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    answer = await stage.csms.ask(
        "RemoteStartTransaction",
        connectorId=1,
        idTag=TAG,
        chargingProfile=profile(stage, DEFAULT, STEPS),
    )
    await stage.csms.silence(60)

    if isinstance(answer, rpc.CallError):
        assert answer.code == "PropertyConstraintViolation"
    else:
        assert bytes(answer.payload) == b'{"status":"Rejected"}'


@case("TC_066_CS")
async def test_tc_066_composite(stage: Stage) -> None:
    """The lowest of the station's limit and the transaction's counts; the latter ends first."""
    await stage.boot()
    number = await start(stage)
    answers = [
        await install(stage, 0, profile(stage, MAX, {0: 14.0, 250: 9.0}, 1, duration=400)),
        await install(stage, 0, profile(stage, DEFAULT, {0: 12.0, 100: 8.0}, 2, duration=400)),
        await install(
            stage,
            1,
            profile(stage, TX, {0: 10.0, 200: 13.0}, 3, duration=300, transactionId=number),
        ),
    ]

    assert answers == [ACCEPTED] * 3
    assert await composite(stage, 400) == {0: 10.0, 200: 13.0, 250: 9.0, 300: 8.0}


@case("TC_067_CS")
async def test_tc_067_clear(stage: Stage) -> None:
    """Each profile that is cleared leaves what the others say."""
    await stage.boot()
    await start(stage)
    await install(stage, 1, profile(stage, DEFAULT, {0: 10.0}, 1, 0))
    await install(stage, 1, profile(stage, DEFAULT, {0: 8.0}, 2, 1))
    await install(stage, 0, profile(stage, MAX, {0: 7.0}, 3))
    seen = [await composite(stage, 100)]
    answers = []
    for criteria in (
        {"id": 3},
        {"connectorId": 1, "chargingProfilePurpose": DEFAULT, "stackLevel": 1},
        {},
    ):
        answers.append(await stage.csms.call("ClearChargingProfile", **criteria))
        seen.append(await composite(stage, 100))

    assert answers == [ACCEPTED] * 3
    assert seen == [{0: 7.0}, {0: 8.0}, {0: 10.0}, {0: HARDWARE_A}]


@case("TC_072_CS")
async def test_tc_072_stack(stage: Stage) -> None:
    """The upper profile counts as long as it lasts, and then the lower one."""
    await stage.boot()
    low = await install(stage, 1, profile(stage, DEFAULT, {0: 12.0}, 1, 0, duration=400))
    high = await install(stage, 1, profile(stage, DEFAULT, {0: 8.0}, 2, 1, duration=150))
    await start(stage)

    assert (low, high) == (ACCEPTED, ACCEPTED)
    assert await composite(stage, 350) == {0: 8.0, 150: 12.0}


@case("TC_082_CS")
async def test_tc_082_default_in_a_transaction(stage: Stage) -> None:
    """A transaction that runs follows a new default at once."""
    await stage.boot()
    await start(stage)
    before = stage.bench.sockets[1].offered_a
    answer = await install(stage, 1, profile(stage, DEFAULT, STEPS, duration=300))
    told = await composite(stage, 200)
    await stage.csms.silence(1, "StopTransaction")

    assert before == HARDWARE_A
    assert answer == ACCEPTED
    assert told == STEPS
    assert stage.bench.sockets[1].offered_a == 10.0
