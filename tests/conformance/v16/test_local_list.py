"""The list of cards that the CSMS gives to the station."""

from __future__ import annotations

from typing import Any

from tests.conformance.stage import OTHER_TAG, TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import status

ACCEPTED = {"status": "Accepted"}
GOOD = {"status": "Accepted"}


def entry(tag: str, word: str = "Accepted") -> dict[str, Any]:
    """Return an entry of the list."""
    return {"idTag": tag, "idTagInfo": {"status": word}}


async def send(stage: Stage, version: int, kind: str, *entries: dict[str, Any]) -> dict[str, Any]:
    """Send a list, and return the answer."""
    return await stage.csms.call(
        "SendLocalList",
        listVersion=version,
        updateType=kind,
        localAuthorizationList=list(entries),
    )


async def version(stage: Stage) -> int:
    """Return the version of the list that the station has."""
    answer = await stage.csms.call("GetLocalListVersion")
    told: int = answer["listVersion"]
    return told


async def with_a_list(stage: Stage) -> None:
    """Boot with a list that has one good card, and without a cache."""
    await stage.boot()
    await stage.configure(
        LocalAuthListEnabled=True,
        AuthorizationCacheEnabled=False,
        LocalPreAuthorize=True,
        AuthorizeRemoteTxRequests=True,
    )
    assert await send(stage, 1, "Full", entry(TAG)) == ACCEPTED
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))


@case("TC_008_1_CS")
async def test_tc_008_1_listed_card(stage: Stage) -> None:
    """A card of the list starts without a question."""
    await with_a_list(stage)
    stage.swipe()
    await stage.hear_start()


@case("TC_008_2_CS")
async def test_tc_008_2_listed_tag_from_afar(stage: Stage) -> None:
    """A tag of the list is started with from afar without a question."""
    await with_a_list(stage)
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    await stage.hear_start()

    assert answer == ACCEPTED


@case("TC_042_1_CS")
async def test_tc_042_1_no_list(stage: Stage) -> None:
    """Where the list is switched off it has no version."""
    await stage.boot()
    await stage.configure(LocalAuthListEnabled=False)

    assert await version(stage) == -1


@case("TC_042_2_CS")
async def test_tc_042_2_empty_list(stage: Stage) -> None:
    """A list that was never sent has version 0."""
    await stage.boot()

    assert await version(stage) == 0


@case("TC_043_CS")
async def test_tc_043_send(stage: Stage) -> None:
    """A whole list, and then what changes in it, are taken and used."""
    await with_a_list(stage)
    first = await version(stage)
    answer = await send(stage, 2, "Differential", entry(OTHER_TAG), {"idTag": TAG})
    second = await version(stage)
    stage.swipe(OTHER_TAG)
    await stage.hear_start(tag=OTHER_TAG)

    assert answer == ACCEPTED
    assert (first, second) == (1, 2)


@case("TC_043_1_CS")
async def test_tc_043_1_no_list(stage: Stage) -> None:
    """Where the list is switched off none is taken."""
    await stage.boot()
    await stage.configure(LocalAuthListEnabled=False)

    assert await send(stage, 1, "Full", entry(TAG)) == {"status": "NotSupported"}


@case("TC_043_2_CS")
async def test_tc_043_2_too_old(stage: Stage) -> None:
    """Changes to a version that is past are not taken."""
    await stage.boot()
    await send(stage, 5, "Full", entry(TAG))

    assert await send(stage, 5, "Differential", entry(OTHER_TAG)) == {"status": "VersionMismatch"}
    assert await send(stage, 4, "Differential", entry(OTHER_TAG)) == {"status": "VersionMismatch"}
    assert await version(stage) == 5


@case("TC_043_3_CS")
async def test_tc_043_3_cannot_be_used(stage: Stage) -> None:
    """A list that names a card twice is not taken, and the old one stays."""
    await stage.boot()
    await send(stage, 1, "Full", entry(TAG))

    assert await send(stage, 2, "Full", entry(TAG), entry(TAG, "Blocked")) == {"status": "Failed"}
    assert await version(stage) == 1
