"""How the CSMS limits the current, and what it is told of limits (block K)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from laadpaal.protocols.ocpp import rpc, timestamp
from laadpaal.station.charging_profiles import Period, Schedule, Source, Unit
from laadpaal.station.limits import ClearExternalLimit, SetExternalLimit
from tests.conformance.stage import CONNECTORS
from tests.conformance.v201.stage import ACCEPTED, Stage, card, event, status
from tests.conformance.v201.table import case
from tests.support.sought import said

MAX, DEFAULT, TX = "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile"
EXTERNAL = "ChargingStationExternalConstraints"
HARDWARE_A = 16.0
"""What an EVSE gives that nobody limits."""
STATION_A = 32.0
"""What both give together."""
NO_SUCH_EVSE = len(CONNECTORS) + 1
SIX_A = {0: 6.0}
NOTHING = {"status": "NoProfiles"}

Steps = dict[int, float]
Json = dict[str, Any]
_REQUESTS = count(700)


def profile(
    stage: Stage,
    purpose: str = DEFAULT,
    steps: Mapping[int, float] | None = None,
    id_: int = 1,
    stack: int = 0,
    **more: Any,
) -> Json:
    """Return a profile that begins now and has these limits in ampere by second; 6 A if none."""
    of_schedule: Json = {it: more.pop(it) for it in ("duration", "startSchedule") if it in more}
    schedule: Json = {
        "id": 1,
        "startSchedule": stage.csms.instant(),
        "chargingRateUnit": "A",
        "chargingSchedulePeriod": [
            {"startPeriod": second, "limit": limit_a, "numberPhases": 3}
            for second, limit_a in (steps or SIX_A).items()
        ],
        **of_schedule,
    }
    return {
        "id": id_,
        "stackLevel": stack,
        "chargingProfilePurpose": purpose,
        "chargingProfileKind": "Absolute",
        "chargingSchedule": [schedule],
        **more,
    }


async def send(stage: Stage, evse: int, sent: Json) -> Json:
    """Send a profile, and return the answer."""
    return await stage.csms.call("SetChargingProfile", evseId=evse, chargingProfile=sent)


async def install(stage: Stage, evse: int, sent: Json) -> Json:
    """Have a profile accepted, and return it."""
    assert await send(stage, evse, sent) == ACCEPTED
    return sent


async def refused(stage: Stage, evse: int, sent: Json) -> str:
    """Have a profile rejected, and return the reason."""
    answer = await send(stage, evse, sent)
    assert answer["status"] == "Rejected"
    reason: str = answer["statusInfo"]["reasonCode"]
    return reason


async def ask(stage: Stage, evse: int | None = None, **wanted: object) -> Json:
    """Ask for profiles, and return the answer."""
    place = {} if evse is None else {"evseId": evse}
    return await stage.csms.call(
        "GetChargingProfiles", requestId=next(_REQUESTS), chargingProfile=wanted, **place
    )


async def reported(
    stage: Stage, evse: int | None = None, **wanted: object
) -> dict[tuple[int, str], list[Json]]:
    """Return the profiles that are reported, by EVSE and source."""
    number, place = next(_REQUESTS), {} if evse is None else {"evseId": evse}
    answer = await stage.csms.call(
        "GetChargingProfiles", requestId=number, chargingProfile=wanted, **place
    )
    assert answer == ACCEPTED
    pieces = await stage.pieces("ReportChargingProfiles", number)
    return {
        (piece["evseId"], piece["chargingLimitSource"]): list(piece["chargingProfile"])
        for piece in pieces
    }


async def composite(stage: Stage, evse: int = 1, lasts_s: int = 300) -> Steps:
    """Return the schedule that the station expects from now on, in ampere by second."""
    answer = await stage.csms.call(
        "GetCompositeSchedule", evseId=evse, duration=lasts_s, chargingRateUnit="A"
    )
    schedule = answer["schedule"]
    began = timestamp.parse(schedule["scheduleStart"])

    assert answer["status"] == "Accepted"
    assert (schedule["evseId"], schedule["duration"]) == (evse, lasts_s)
    assert schedule["chargingRateUnit"] == "A"
    assert began == pytest.approx(stage.clock.now().utc, abs=2.0)
    periods = schedule["chargingSchedulePeriod"]
    assert periods[0]["startPeriod"] == 0
    return {period["startPeriod"]: period["limit"] for period in periods}


async def clear(stage: Stage, **payload: object) -> str:
    """Clear profiles, and return the word of the answer."""
    answer = await stage.csms.call("ClearChargingProfile", **payload)
    word: str = answer["status"]
    return word


# --- setting ---


@case("TC_K_01_CS")
async def test_tc_k_01_default_of_one(stage: Stage) -> None:
    """A default of one EVSE is accepted, and reported there."""
    await stage.boot()
    sent = await install(stage, 1, profile(stage))

    found = await reported(stage, 1, chargingProfilePurpose=DEFAULT)
    assert found == {(1, "CSO"): [sent]}


@case("TC_K_10_CS")
async def test_tc_k_10_default_of_all(stage: Stage) -> None:
    """A default of all is reported once, for EVSE 0, and there is no more."""
    await stage.boot()
    sent = await install(stage, 0, profile(stage))

    assert await reported(stage, 0, chargingProfilePurpose=DEFAULT) == {(0, "CSO"): [sent]}
    assert await reported(stage) == {(0, "CSO"): [sent]}
    told = stage.csms.all(said("ReportChargingProfiles"))
    assert [report["tbc"] for report in told] == [False, False]


@case("TC_K_60_CS")
async def test_tc_k_60_transaction(stage: Stage) -> None:
    """A profile of the transaction that runs is accepted, obeyed and reported with it."""
    await stage.boot()
    number = await stage.charge()
    sent = await install(stage, 1, profile(stage, TX, {0: 8.0}, transactionId=number))

    assert await reported(stage, 1, chargingProfilePurpose=TX) == {(1, "CSO"): [sent]}
    assert stage.bench.sockets[1].offered_a == 8.0


@case("TC_K_02_CS")
async def test_tc_k_02_no_transaction(stage: Stage) -> None:
    """Without a transaction there, there is nothing it could be for."""
    await stage.boot()
    number = await stage.charge()
    sent = profile(stage, TX, transactionId=number)

    assert await refused(stage, 2, sent) == "TxNotFound"
    assert await refused(stage, 1, profile(stage, TX)) == "MissingParam"
    assert await ask(stage, chargingProfilePurpose=TX) == NOTHING


@case("TC_K_11_CS")
async def test_tc_k_11_transaction_of_all(stage: Stage) -> None:
    """A transaction runs at one EVSE, so its profile is not for all."""
    await stage.boot()
    number = await stage.charge()

    assert await refused(stage, 0, profile(stage, TX, transactionId=number)) == "TxNotFound"


@case("TC_K_03_CS")
async def test_tc_k_03_station(stage: Stage) -> None:
    """A maximum of the station is accepted for EVSE 0 alone, and reported there."""
    await stage.boot()
    sent = await install(stage, 0, profile(stage, MAX, {0: 20.0}))

    assert await reported(stage, 0, chargingProfilePurpose=MAX) == {(0, "CSO"): [sent]}
    assert await refused(stage, 1, profile(stage, MAX, id_=2)) == "InvalidProfile"


@case("TC_K_19_CS")
async def test_tc_k_19_recurring(stage: Stage) -> None:
    """A profile of each day is accepted and reported as it was sent."""
    await stage.boot()
    kind = {"chargingProfileKind": "Recurring", "recurrencyKind": "Daily"}
    sent = await install(stage, 1, profile(stage, duration=3600) | kind)

    assert await reported(stage, 1) == {(1, "CSO"): [sent]}
    await stage.clock.sleep(86_400)
    assert (await composite(stage))[0] == 6.0


@case("TC_K_13_CS")
async def test_tc_k_13_restart(stage: Stage) -> None:
    """It is there after a restart, and in force."""
    await stage.boot()
    sent = await install(stage, 1, profile(stage))
    await stage.reset()
    await stage.hear_boot()

    assert await reported(stage, 1, chargingProfileId=[1]) == {(1, "CSO"): [sent]}
    assert await composite(stage) == {0: 6.0}


@case("TC_K_14_CS")
async def test_tc_k_14_no_such_evse(stage: Stage) -> None:
    """An EVSE that is not there has no profile."""
    await stage.boot()

    assert await refused(stage, NO_SUCH_EVSE, profile(stage)) == "UnknownEvse"


@case("TC_K_28_CS")
async def test_tc_k_28_at_once(stage: Stage) -> None:
    """A default counts for the transaction that runs, from now on."""
    await stage.boot()
    await stage.charge()
    await install(stage, 1, profile(stage))

    assert await composite(stage) == {0: 6.0}
    assert stage.bench.sockets[1].offered_a == 6.0


@case("TC_K_16_CS")
async def test_tc_k_16_unknown_transaction(stage: Stage) -> None:
    """A profile of another transaction does not touch the one that runs."""
    await stage.boot()
    await stage.charge()

    assert await refused(stage, 1, profile(stage, TX, transactionId="nobody")) == "TxNotFound"
    assert await composite(stage) == {0: HARDWARE_A}


@case("TC_K_21_CS")
async def test_tc_k_21_valid_from(stage: Stage) -> None:
    """Before it is valid it says nothing."""
    await stage.boot()
    await install(stage, 1, profile(stage, validFrom=stage.csms.instant(100)))

    seconds = await composite(stage)
    assert list(seconds.values()) == [HARDWARE_A, 6.0]
    assert list(seconds) == [0, pytest.approx(100, abs=2)]
    await stage.clock.sleep(100)
    assert await composite(stage) == {0: 6.0}


@case("TC_K_22_CS")
async def test_tc_k_22_valid_to(stage: Stage) -> None:
    """It limits every EVSE until it ends, and so both together."""
    await stage.boot()
    await install(stage, 0, profile(stage, validTo=stage.csms.instant(100)))

    for evse, limited_a, free_a in ((1, 6, HARDWARE_A), (2, 6, HARDWARE_A), (0, 12, STATION_A)):
        seconds = await composite(stage, evse)
        assert list(seconds.values()) == [limited_a, free_a]
        assert list(seconds) == [0, pytest.approx(100, abs=2)]


@case("TC_K_23_CS")
async def test_tc_k_23_start_schedule(stage: Stage) -> None:
    """Before its schedule begins it says nothing."""
    await stage.boot()
    await install(stage, 1, profile(stage, startSchedule=stage.csms.instant(100)))

    seconds = await composite(stage)
    assert list(seconds.values()) == [HARDWARE_A, 6.0]
    assert list(seconds) == [0, pytest.approx(100, abs=2)]


@case("TC_K_04_CS")
async def test_tc_k_04_the_same_id(stage: Stage) -> None:
    """A profile takes the place of the one with its id, wherever that was."""
    await stage.boot()
    await install(stage, 1, profile(stage))
    sent = await install(stage, 2, profile(stage, steps={0: 8.0}, stack=1))

    assert await reported(stage) == {(2, "CSO"): [sent]}
    assert await composite(stage, 1) == {0: HARDWARE_A}
    assert await composite(stage, 2) == {0: 8.0}


@case("TC_P_04_CS")
async def test_tc_p_04_custom_data(stage: Stage) -> None:
    """What a vendor adds, to the call and to any part of it, is passed over."""
    await stage.boot()
    sent = profile(stage)
    extra = {"customData": {"vendorId": "com.example", "what": {"we": ["like"]}}}
    [schedule] = sent["chargingSchedule"]
    added = sent | extra | {"chargingSchedule": [schedule | extra]}
    answer = await stage.csms.call("SetChargingProfile", evseId=1, chargingProfile=added, **extra)

    assert answer == ACCEPTED
    assert await reported(stage, 1) == {(1, "CSO"): [sent]}


# --- starting with a profile ---


async def start(stage: Stage, sent: Json) -> None:
    """Plug in, start from afar with a profile, and hear that energy flows."""
    await stage.configure({"AuthCtrlr.AuthorizeRemoteStart": False})
    stage.plug()
    await stage.csms.expect(status(1, "Occupied"))
    answer = await stage.csms.call(
        "RequestStartTransaction",
        evseId=1,
        remoteStartId=17,
        idToken=card(kind="Central"),
        chargingProfile=sent,
    )
    assert answer["status"] == "Accepted"
    await stage.hear_charging()


@case("TC_K_37_CS")
async def test_tc_k_37_start_with_profile(stage: Stage) -> None:
    """The profile of a start is kept for its transaction, and reported as that one's."""
    await stage.boot()
    sent = profile(stage, TX, {0: 8.0})
    await start(stage, sent)

    bound = sent | {"transactionId": stage.transaction()}
    assert await reported(stage, chargingProfileId=[1]) == {(1, "CSO"): [bound]}
    assert await composite(stage) == {0: 8.0}


@case("TC_K_38_CS")
async def test_tc_k_38_start_without_smart_charging(stage: Stage) -> None:
    """Switched off, a start comes without its profile."""
    await stage.boot({"SmartChargingCtrlr.Enabled": False})
    await start(stage, profile(stage, TX, {0: 8.0}))

    assert stage.bench.sockets[1].offered_a == HARDWARE_A
    await stage.configure({"SmartChargingCtrlr.Enabled": True})
    assert await ask(stage) == NOTHING


@case("TC_K_15_CS")
async def test_tc_k_15_without_smart_charging(stage: Stage) -> None:
    """Switched off, a profile is answered with an error."""
    await stage.boot({"SmartChargingCtrlr.Enabled": False})
    answer = await stage.csms.ask("SetChargingProfile", evseId=1, chargingProfile=profile(stage))

    assert isinstance(answer, rpc.CallError)
    assert answer.code == "NotSupported"


# --- the composite schedule ---


@case("TC_K_39_CS")
async def test_tc_k_39_no_profile(stage: Stage) -> None:
    """Without profiles the schedule is what the station itself gives."""
    await stage.boot()

    assert await composite(stage, 1, 300) == {0: HARDWARE_A}
    assert await composite(stage, 0, 300) == {0: STATION_A}


@case("TC_K_40_CS")
async def test_tc_k_40_stack(stage: Stage) -> None:
    """The higher level leads while it lasts, then the lower one, then the station itself."""
    await stage.boot()
    await install(stage, 0, profile(stage, steps={0: 8.0}, duration=200))
    await install(stage, 0, profile(stage, steps={0: 6.0}, id_=2, stack=1, duration=100))

    for evse in CONNECTORS:
        seconds = await composite(stage, evse)
        assert list(seconds.values()) == [6.0, 8.0, HARDWARE_A]
        assert list(seconds) == [0, pytest.approx(100, abs=2), pytest.approx(200, abs=2)]


@case("TC_K_41_CS")
async def test_tc_k_41_purposes(stage: Stage) -> None:
    """The transaction's own replaces the default while it lasts; the station's maximum caps."""
    await stage.boot()
    number = await stage.charge()
    await install(stage, 0, profile(stage, MAX, {0: 10.0, 200: 9.0}))
    await install(stage, 1, profile(stage, DEFAULT, {0: 6.0}, id_=2))
    own = profile(stage, TX, {0: 8.0, 100: 14.0}, id_=3, transactionId=number, duration=250)
    await install(stage, 1, own)

    seconds = await composite(stage)
    assert list(seconds.values()) == [8.0, 10.0, 9.0, 6.0]
    assert list(seconds) == [0, *(pytest.approx(second, abs=2) for second in (100, 200, 250))]


@case("TC_K_47_CS")
async def test_tc_k_47_no_such_evse(stage: Stage) -> None:
    """Of an EVSE that is not there nothing is expected."""
    await stage.boot()
    answer = await stage.csms.call("GetCompositeSchedule", evseId=NO_SUCH_EVSE, duration=300)

    assert answer["status"] == "Rejected"
    assert "schedule" not in answer


# --- asking for profiles ---


async def several(stage: Stage) -> dict[int, Json]:
    """Install a maximum, a default of all, and two of EVSE 1; return them by id."""
    sent = {
        1: await install(stage, 0, profile(stage, MAX, {0: 20.0})),
        2: await install(stage, 0, profile(stage, id_=2)),
        3: await install(stage, 1, profile(stage, id_=3, stack=1)),
        4: await install(stage, 1, profile(stage, id_=4, stack=2)),
    }
    return {number: one | {"id": number} for number, one in sent.items()}


@pytest.mark.parametrize(
    ("evse", "wanted", "there"),
    [
        pytest.param(0, {}, {0: [1, 2]}, marks=case("TC_K_29_CS")),
        pytest.param(1, {}, {1: [3, 4]}, marks=case("TC_K_30_CS")),
        pytest.param(None, {}, {0: [1, 2], 1: [3, 4]}, marks=case("TC_K_31_CS")),
        pytest.param(None, {"chargingProfileId": [3]}, {1: [3]}, marks=case("TC_K_32_CS")),
        pytest.param(1, {"stackLevel": 1}, {1: [3]}, marks=case("TC_K_33_CS")),
        pytest.param(1, {"chargingLimitSource": ["CSO"]}, {1: [3, 4]}, marks=case("TC_K_34_CS")),
        pytest.param(1, {"chargingProfilePurpose": DEFAULT}, {1: [3, 4]}, marks=case("TC_K_35_CS")),
        pytest.param(
            1,
            {"chargingProfilePurpose": DEFAULT, "stackLevel": 2},
            {1: [4]},
            marks=case("TC_K_36_CS"),
        ),
    ],
)
async def test_tc_k_29_to_36_filters(
    stage: Stage, evse: int | None, wanted: Json, there: dict[int, list[int]]
) -> None:
    """What fits all that is asked for is reported, each EVSE's by itself; else there is nothing."""
    await stage.boot()
    sent = await several(stage)

    found = await reported(stage, evse, **wanted)
    assert found == {(place, "CSO"): [sent[one] for one in ids] for place, ids in there.items()}
    assert await ask(stage, 2, **wanted) == NOTHING
    assert await ask(stage, evse, **wanted, **_of_nobody(wanted)) == NOTHING


def _of_nobody(wanted: Json) -> Json:
    """Return a criterion that nothing fits, besides those that are there."""
    if "chargingLimitSource" not in wanted:
        return {"chargingLimitSource": ["EMS"]}
    return {"stackLevel": 9}


@case("TC_K_52_CS")
async def test_tc_k_52_external(stage: Stage) -> None:
    """What somebody else limits is told, reported, obeyed, and out of reach; so is its end."""
    await stage.boot({"SmartChargingCtrlr.NotifyChargingLimitWithSchedules": True})
    number = await stage.charge()
    schedule = Schedule(Unit.AMPERE, (Period(0, 9.0),))
    await stage.running.ask(SetExternalLimit(Source.EMS, 0, schedule))
    limited = await stage.csms.skip_to(
        said("NotifyChargingLimit", chargingLimit={"chargingLimitSource": "EMS"}, evseId=None)
    )
    rate = event("Updated", "ChargingRateChanged", id=number)

    assert limited["chargingSchedule"][0]["chargingSchedulePeriod"][0]["limit"] == 9.0
    assert len(stage.csms.all(rate)) == 1
    [(place, [found])] = (await reported(stage, chargingProfilePurpose=EXTERNAL)).items()
    assert place == (0, "EMS")
    assert found["id"] < 0
    assert await composite(stage) == {0: 9.0}
    assert stage.bench.sockets[1].offered_a == 9.0
    assert await clear(stage, chargingProfileId=found["id"]) == "Unknown"
    assert await refused(stage, 0, profile(stage, EXTERNAL)) == "InvalidProfile"

    await stage.running.ask(ClearExternalLimit(Source.EMS, 0))
    await stage.csms.skip_to(said("ClearedChargingLimit", chargingLimitSource="EMS", evseId=None))
    assert len(stage.csms.all(rate)) == 2
    assert stage.bench.sockets[1].offered_a == HARDWARE_A


# --- clearing ---


@case("TC_K_05_CS")
async def test_tc_k_05_clear_by_id(stage: Stage) -> None:
    """What is cleared by its id is gone."""
    await stage.boot()
    await install(stage, 1, profile(stage))

    assert await clear(stage, chargingProfileId=1) == "Accepted"
    assert await ask(stage, chargingProfileId=[1]) == NOTHING


@case("TC_K_06_CS")
async def test_tc_k_06_clear_one(stage: Stage) -> None:
    """Purpose and level fit one, and that one is gone."""
    await stage.boot()
    sent = await several(stage)
    criteria = {"chargingProfilePurpose": DEFAULT, "stackLevel": 1}

    assert await clear(stage, chargingProfileCriteria=criteria) == "Accepted"
    assert await ask(stage, chargingProfileId=[3]) == NOTHING
    assert await reported(stage, 1) == {(1, "CSO"): [sent[4]]}


@case("TC_K_07_CS")
async def test_tc_k_07_clear_what_does_not_fit(stage: Stage) -> None:
    """Purpose and level that no profile has both clear nothing."""
    await stage.boot()
    await several(stage)
    criteria = {"chargingProfilePurpose": MAX, "stackLevel": 1}

    assert await clear(stage, chargingProfileCriteria=criteria) == "Unknown"
    assert len(await reported(stage)) == 2


@case("TC_K_08_CS")
async def test_tc_k_08_clear_nothing(stage: Stage) -> None:
    """Where there is no profile, none can be cleared."""
    await stage.boot()

    assert await clear(stage, chargingProfileId=1) == "Unknown"


@case("TC_K_09_CS")
async def test_tc_k_09_clear_while_charging(stage: Stage) -> None:
    """A transaction has its default no more, and charges as the station itself lets it."""
    await stage.boot()
    await install(stage, 1, profile(stage))
    await stage.charge()
    assert stage.bench.sockets[1].offered_a == 6.0
    criteria = {"chargingProfilePurpose": DEFAULT, "stackLevel": 0}

    assert await clear(stage, chargingProfileCriteria=criteria) == "Accepted"
    assert await composite(stage) == {0: HARDWARE_A}
    assert stage.bench.sockets[1].offered_a == HARDWARE_A


@case("TC_K_24_CS")
async def test_tc_k_24_clear_several(stage: Stage) -> None:
    """Purpose and level fit one at each EVSE, and all of them are gone."""
    await stage.boot()
    for evse in CONNECTORS:
        await install(stage, evse, profile(stage, id_=evse))
    criteria = {"chargingProfilePurpose": DEFAULT, "stackLevel": 0}

    assert await clear(stage, chargingProfileCriteria=criteria) == "Accepted"
    assert await ask(stage) == NOTHING
