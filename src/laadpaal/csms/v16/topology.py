"""1.6 counts flat connectors, we count EVSEs: connector n is EVSE n, and 0 is the station."""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from laadpaal.csms.dialect import Scene
from laadpaal.station.notices import StatusChanged
from laadpaal.station.words import Status


def evse_of(connector_id: int | UnsetType) -> int:
    """Return the EVSE a connectorId means; an absent one is 0, all of them or a free choice."""
    return 0 if connector_id is UNSET else connector_id


def exists(evse: int, scene: Scene) -> bool:
    """Tell whether that EVSE, or the station (0), is there."""
    return 0 <= evse <= len(scene.desk.layout.evses)


def plugged_connector(evse: int, scene: Scene) -> int:
    """Return the connector of an EVSE that is in use, or its first."""
    for view in scene.desk.view().evses:
        if view.evse == evse:
            return next((c.connector for c in view.connectors if c.plugged), 1)
    return 1


def outranked(notice: StatusChanged, scene: Scene) -> bool:
    """Tell whether a free connector's sibling speaks for their EVSE, which 1.6 sees as one."""
    if notice.status is not Status.AVAILABLE or notice.evse == 0:
        return False
    return any(
        connector.connector != notice.connector and connector.status is not Status.AVAILABLE
        for view in scene.desk.view().evses
        if view.evse == notice.evse
        for connector in view.connectors
    )
