"""Runs `AlfenCharger` at a station, and prints as JSON what it said.

It knows one port only, so its connections are led to another one, as a router would.
"""

import json
import socket
import sys
from typing import Any
from unittest import mock

from alfenchargestation.alfenchargestation import AlfenCharger

connect = socket.create_connection


def main(port: int) -> dict[str, object]:
    """Set currents of an EVSE and of the station, and its lines, and read what there is to read."""

    def led(address: tuple[str, int], *more: Any, **named: Any) -> socket.socket:
        return connect((address[0], port), *more, **named)

    with mock.patch.object(socket, "create_connection", led):
        charger = AlfenCharger("LP000001", "127.0.0.1", 0, 20)
        charger.changeCurrent(25)
        charger.changeCurrentSCN(15, 14, 13.5)
        charger.changeChargeNumberOfPhases(1)
        charger.readMeasurements(1)
        charger.readMeasurementsSCN()
    seen: dict[str, object] = vars(charger)
    return seen


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1])), sys.stdout)
