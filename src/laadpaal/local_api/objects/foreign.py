"""Words of the compatible API that name versions and protocols; nothing goes by them."""

from __future__ import annotations

from laadpaal.local_api.objects.row import Category
from laadpaal.station.network_profile import Generation

BACK_OFFICE = Category("ocpp")
"""What there is to set about the talk with the CSMS."""
PROTOCOL = "ocpp/json"
SPOKEN = {Generation.FIRST: "1.6", Generation.SECOND: "2.0.1"}
SPOKEN_NUMBERS = {Generation.FIRST: 3, Generation.SECOND: 4}
"""The same in a network profile."""
