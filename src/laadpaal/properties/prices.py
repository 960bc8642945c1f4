"""What drivers are told of prices."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag, Text
from laadpaal.properties.rows import Setting, Variable

TARIFF_ENABLED = Setting(
    id="2A40_1",
    kind=Flag(),
    default=True,
    help="Whether the display shows what the CSMS says of the tariff.",
    variables=(Variable("TariffCostCtrlr", "Enabled", "Tariff"),),
)
COST_ENABLED = Setting(
    id="2A40_2",
    kind=Flag(),
    default=True,
    help="Whether the display shows what a transaction costs.",
    variables=(Variable("TariffCostCtrlr", "Enabled", "Cost"),),
)
TARIFF_FALLBACK = Setting(
    id="2A40_3",
    kind=Text(255),
    default="",
    help="What the display says of the tariff when the CSMS says nothing.",
    variables=(Variable("TariffCostCtrlr", "TariffFallbackMessage"),),
)
COST_FALLBACK = Setting(
    id="2A40_4",
    kind=Text(255),
    default="",
    help="What the display says of the cost when the CSMS was out of reach at the end.",
    variables=(Variable("TariffCostCtrlr", "TotalCostFallbackMessage"),),
)
CURRENCY = Setting(
    id="2A40_5",
    kind=Text(3, low=3),
    default="EUR",
    help="Currency of every cost, by its three letters (ISO 4217).",
    variables=(Variable("TariffCostCtrlr", "Currency"),),
)

ROWS = (TARIFF_ENABLED, COST_ENABLED, TARIFF_FALLBACK, COST_FALLBACK, CURRENCY)
