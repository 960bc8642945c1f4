"""A stage on which OCPP 1.6 is spoken."""

from __future__ import annotations

from tests.conformance import stage as any_stage
from tests.conformance.stage import CONNECTORS, TAG
from tests.support.sought import Heard, said, status


class Stage(any_stage.Stage):
    """A station and a CSMS of OCPP 1.6, and what most cases begin with."""

    async def boot(self) -> None:
        """Power up a station that the CSMS accepts, and hear that everything is available."""
        await self.power_up()
        await self.hear_boot()

    async def hear_boot(self, *words: str | frozenset[object], within_s: float = 120.0) -> Heard:
        """Hear a boot, and each status from connector 0 on, which is Available unless told."""
        boot = await self.csms.skip_to(said("BootNotification"), within_s)
        told = words or ("Available",) * (1 + len(CONNECTORS))
        await self.csms.expect_each(*(status(place, word) for place, word in enumerate(told)))
        return boot

    async def charge(self, connector: int = 1, tag: str = TAG) -> int:
        """Plug in, show a card and charge; return the number of the transaction."""
        self.plug(connector)
        await self.csms.expect(status(connector, "Preparing"))
        self.swipe(tag, connector)
        await self.csms.expect(said("Authorize", idTag=tag))
        await self.hear_start(connector, tag)
        return self.csms.transaction

    async def hear_start(self, connector: int = 1, tag: str = TAG, **fields: object) -> Heard:
        """Hear a transaction start and its connector charging, in either order.

        Between the offer and the vehicle's answer it is the vehicle that holds charging up.
        """
        start = said("StartTransaction", connectorId=connector, idTag=tag, **fields)
        charging, held_up = status(connector, "Charging"), status(connector, "SuspendedEV")
        return (await self.csms.expect_each(start, charging, also=[held_up]))[0]

    async def hear_stop(
        self, connector: int = 1, word: str = "Finishing", **fields: object
    ) -> Heard:
        """Hear a transaction stop and its connector's status, in either order."""
        stop = said("StopTransaction", **fields)
        return (await self.csms.expect_each(stop, status(connector, word)))[0]

    async def configure(self, **values: object) -> None:
        """Write configuration keys, each of which must be accepted."""
        for key, value in values.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            answer = await self.csms.call("ChangeConfiguration", key=key, value=text)
            assert answer == {"status": "Accepted"}, key

    async def configuration(self, *keys: str) -> dict[str, str]:
        """Return the values of these keys."""
        answer = await self.csms.call("GetConfiguration", key=list(keys))
        return {entry["key"]: entry.get("value", "") for entry in answer["configurationKey"]}
