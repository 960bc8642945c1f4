"""The validator of recorded frames finds what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.stage import Stage, staged
from tests.support.published import Frame, Sender, broken

BEAT = Frame(Sender.STATION, '[2,"1","Heartbeat",{}]')
TIME = '{"currentTime":"2026-01-01T00:00:00Z"}'


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
@pytest.mark.parametrize(
    ("frames", "faults"),
    [
        ([BEAT, Frame(Sender.CSMS, f'[3,"1",{TIME}]')], []),
        ([BEAT, Frame(Sender.CSMS, '[3,"1",{}]')], ["$ 'currentTime' is a required property"]),
        ([Frame(Sender.STATION, '[2,"1","Heartbeat",{"a":1}]')], ["$ Additional properties"]),
        ([Frame(Sender.STATION, '[2,"1","Heartbleed",{}]')], ["no such message"]),
        ([BEAT, Frame(Sender.STATION, f'[3,"1",{TIME}]')], ["no such message"]),
        ([Frame(Sender.CSMS, "nonsense"), Frame(Sender.CSMS, '[4,"1","GenericError","",{}]')], []),
    ],
    ids=["good", "field missing", "field too many", "no such action", "own answer", "no payload"],
)
def test_what_is_wrong_is_named(version: str, frames: list[Frame], faults: list[str]) -> None:
    """A request, and the answer to one of the other side."""
    found = list(broken(frames, version))

    assert len(found) == len(faults)
    assert all(one.startswith(fault) for one, fault in zip(found, faults, strict=True))


async def test_a_case_with_a_broken_frame_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it goes otherwise: each stage looks at all that was on its wire (S22)."""
    with pytest.raises(AssertionError, match="currentTime"):
        async with staged(Stage, tmp_path, monkeypatch, ocpp="2.0.1") as stage:
            stage.csms.frames += [BEAT, Frame(Sender.CSMS, '[3,"1",{}]')]


def test_decimals_stay_decimals() -> None:
    """In 1.6 a limit is a multiple of 0.1, which 16.1 is and 16.15 is not."""

    def frame(limit: str) -> Frame:
        periods = f'[{{"startPeriod":0,"limit":{limit}}}]'
        schedule = f'{{"chargingRateUnit":"A","chargingSchedulePeriod":{periods}}}'
        profile = (
            '{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile",'
            f'"chargingProfileKind":"Relative","chargingSchedule":{schedule}}}'
        )
        body = f'{{"connectorId":1,"csChargingProfiles":{profile}}}'
        return Frame(Sender.CSMS, f'[2,"1","SetChargingProfile",{body}]')

    assert [len(list(broken([frame(limit)], "1.6"))) for limit in ("16.1", "16.15")] == [0, 1]
