"""The picture of the display as it is now, for people who look from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from laadpaal.drivers.display import painting
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Brand, Face, Picture
from laadpaal.station.view import StationView


@dataclass(frozen=True, slots=True)
class Pictures:
    """Paints views of a station, as a large display shows them or a small one."""

    clock: Clock
    brand: Brand

    def png(self, view: StationView, evse: int = 0) -> bytes:
        """Return what all sockets show now, or one alone."""
        seen = [one for one in view.evses if evse in {0, one.evse}]
        faces = tuple(Face(one.evse, one.screen, one.light) for one in seen)
        language, at = seen[0].screen.language, self.clock.now().utc
        form = painting.SMALL if len(faces) == 1 else painting.LARGE
        image = painting.paint(Picture(faces, language, at=at, brand=self.brand), form)
        return painting.png(image, painting.MANY if self.brand.logo else painting.FEW)
