"""How the station shows itself to people."""

from __future__ import annotations

from laadpaal.properties.kinds import Whole
from laadpaal.properties.rows import Key, Setting, Variable

LIGHT_INTENSITY = Setting(
    id="2500_0",
    kind=Whole(0, 100, "%"),
    default=100,
    help="Brightness of every socket's light, in percent of what it can do.",
    keys=(Key("LightIntensity"),),
    variables=(Variable("ChargingStation", "LightIntensity"),),
)

ROWS = (LIGHT_INTENSITY,)
