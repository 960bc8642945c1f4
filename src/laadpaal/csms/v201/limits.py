"""How much one message of the CSMS may ask for: items and bytes, as the device model tells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laadpaal.csms.dialect import Refusal

ITEMS_PER_MESSAGE = 100
BYTES_PER_MESSAGE = 65_536
CONFIGURATION_VALUE_SIZE = 1_000
"""Characters of a value that is written; the schema refuses a longer one."""
REPORTING_VALUE_SIZE = 2_500
"""Characters of a value that is told; no property of the book has a longer one."""

LIMITED = ("GetReport", "GetVariables", "SetVariables")
"""Actions whose limits DeviceDataCtrlr tells; that of GetReport is GetMonitoringReport's too."""

MONITORING = ("SetVariableMonitoring", "ClearVariableMonitoring")
"""Actions whose limits MonitoringCtrlr tells."""

MOST_BYTES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys((*LIMITED, *MONITORING, "GetMonitoringReport"), BYTES_PER_MESSAGE)
)
"""How many bytes the payload of an action may have."""


def limit_items(items: int, most: int = ITEMS_PER_MESSAGE) -> None:
    """Refuse a call with more items than we have promised to take."""
    if items > most:
        raise Refusal("OccurrenceConstraintViolation", f"{items} items are more than {most}")
