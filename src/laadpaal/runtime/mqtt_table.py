"""`[mqtt]`: the broker at which the station tells how it is, and hears wishes."""

from __future__ import annotations

from typing import Annotated

import msgspec

from laadpaal.runtime.tables import Table

Topic = Annotated[str, msgspec.Meta(pattern=r"^[^/#+\s$][^#+\s]*[^/#+\s]$")]


class MqttTable(Table, frozen=True, kw_only=True):
    """Where the broker is; without the table there is none.

    `port` 0 is the usual one, 1883, or 8883 with TLS. `ca_file` is a PEM file of roots to trust
    instead of the system's. `topic` is what all topics begin with, and `discovery` what those of
    Home Assistant begin with, empty where it is not to find the station.
    """

    host: Annotated[str, msgspec.Meta(min_length=1)]
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] = 0
    username: str = ""
    password: str = ""
    tls: bool = False
    ca_file: str = ""
    topic: Topic = "laadpaal"
    discovery: Annotated[str, msgspec.Meta(pattern=r"^[^#+\s]*$")] = "homeassistant"
