"""Runs in the clients' environment: what alfeneve gets from a station at a URL, as JSON."""

import json
import sys
from itertools import islice

from alfeneve.alfen import Alfen

url, password = sys.argv[1:]
with Alfen(url, ("admin", password)) as station:
    said = {
        "categories": station.categories(),
        "generic": {it.id: it.value for it in station.properties(category="generic")},
        "named": {it.name: it.value for it in station.properties(ids=["2053_0", "2129_0"])},
        "whitelist": list(station.whitelist(0)),
        "log": [line[5] for line in islice(station.logs(), 200)],
        "transactions": list(islice(station.transactions(), 1)),
    }
with Alfen(url, ("admin", password)) as again:
    said["again"] = bool(again.categories())
print(json.dumps(said))  # noqa: T201  this is how it tells
