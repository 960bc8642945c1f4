"""The running station as its neighbours see it: one inbox for facts, one desk for wishes."""

from __future__ import annotations

from typing import Any, Protocol

from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.station.answers import Answer
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.moment import Moment
from laadpaal.station.requests import Request
from laadpaal.station.view import StationView
from laadpaal.station.why import Why


class StationDesk(Protocol):
    """Where adapters bring facts and ask wishes."""

    @property
    def layout(self) -> Layout:
        """What the station is built of."""
        ...

    @property
    def values(self) -> Values:
        """The present settings; read only."""
        ...

    def happened(self, event: Event) -> None:
        """Put a fact in the inbox; returns at once."""
        ...

    async def ask(self, request: Request) -> Answer:
        """Return the final answer, after its records are committed; never `Unlocking`."""
        ...

    def view(self) -> StationView:
        """Return the whole station as it is now."""
        ...

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text of a live property."""
        ...


class ExplainingDesk(StationDesk, Protocol):
    """A desk for people, who may ask why, and what time it is."""

    def now(self) -> Moment:
        """Return both clocks at this instant."""
        ...

    def why(self, evse: int) -> Why:
        """Explain what was decided last at an EVSE, or for the station (0)."""
        ...
