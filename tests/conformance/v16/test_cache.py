"""What the station remembers of cards."""

from __future__ import annotations

from tests.conformance.stage import TAG
from tests.conformance.v16.cases import case
from tests.conformance.v16.stage import Stage
from tests.support.sought import said, status


async def with_a_known_card(stage: Stage) -> None:
    """Boot, let the card charge once, so that the cache knows it, and leave."""
    await stage.boot()
    await stage.configure(
        AuthorizationCacheEnabled=True, LocalPreAuthorize=True, AuthorizeRemoteTxRequests=True
    )
    await stage.charge()
    stage.swipe()
    await stage.hear_stop()
    stage.unplug()
    await stage.csms.expect(status(1, "Available"))


async def plug_and_start_remotely(stage: Stage) -> None:
    """Plug in, and let the CSMS start with the same tag."""
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    answer = await stage.csms.call("RemoteStartTransaction", connectorId=1, idTag=TAG)
    assert answer == {"status": "Accepted"}


@case("TC_007_1_CS")
async def test_tc_007_1_cached_card(stage: Stage) -> None:
    """A card that is known starts without a question."""
    await with_a_known_card(stage)
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    stage.swipe()
    await stage.hear_start()


@case("TC_007_2_CS")
async def test_tc_007_2_cached_tag_from_afar(stage: Stage) -> None:
    """A tag that is known is started with from afar without a question."""
    await with_a_known_card(stage)
    await plug_and_start_remotely(stage)
    await stage.hear_start()


@case("TC_061_1_CS")
async def test_tc_061_1_clear_then_card(stage: Stage) -> None:
    """After the cache was cleared the same card is asked about."""
    await with_a_known_card(stage)
    answer = await stage.csms.call("ClearCache")
    stage.plug()
    await stage.csms.expect(status(1, "Preparing"))
    stage.swipe()
    await stage.csms.expect(said("Authorize", idTag=TAG))
    await stage.hear_start()

    assert answer == {"status": "Accepted"}


@case("TC_061_2_CS")
async def test_tc_061_2_clear_then_remote_start(stage: Stage) -> None:
    """After the cache was cleared the same tag is asked about at a remote start."""
    await with_a_known_card(stage)
    answer = await stage.csms.call("ClearCache")
    await plug_and_start_remotely(stage)
    await stage.csms.expect(said("Authorize", idTag=TAG))
    await stage.hear_start()

    assert answer == {"status": "Accepted"}
