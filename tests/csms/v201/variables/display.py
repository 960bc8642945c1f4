"""Display messages, tariff and cost (3.2)."""

from __future__ import annotations

from tests.csms.v201.variables.row import (
    FLAG,
    MEMBERS,
    OPTION,
    RW,
    TEXT,
    WHOLE,
    available,
    optional,
    required,
)

ROWS = (
    *available("DisplayMessageCtrlr"),
    *optional("DisplayMessageCtrlr.Enabled", FLAG, RW),
    *required("DisplayMessageCtrlr.DisplayMessages", WHOLE, low=0, high=50),
    *required(
        "DisplayMessageCtrlr.SupportedFormats", MEMBERS, words=("ASCII", "HTML", "URI", "UTF8")
    ),
    *required(
        "DisplayMessageCtrlr.SupportedPriorities",
        MEMBERS,
        words=("AlwaysFront", "InFront", "NormalCycle"),
    ),
    *optional("DisplayMessageCtrlr.PersonalMessageSize", WHOLE),
    *optional(
        "DisplayMessageCtrlr.Language", OPTION, RW, words=("en_GB", "nl_NL", "de_DE", "fr_FR")
    ),
    *optional("TariffCostCtrlr.Available[Tariff]", FLAG),
    *optional("TariffCostCtrlr.Available[Cost]", FLAG),
    *optional("TariffCostCtrlr.Enabled[Tariff]", FLAG, RW),
    *optional("TariffCostCtrlr.Enabled[Cost]", FLAG, RW),
    *required("TariffCostCtrlr.TariffFallbackMessage", TEXT, RW, low=0, high=255),
    *required("TariffCostCtrlr.TotalCostFallbackMessage", TEXT, RW, low=0, high=255),
    *required("TariffCostCtrlr.Currency", TEXT, RW, low=3, high=3),
)
