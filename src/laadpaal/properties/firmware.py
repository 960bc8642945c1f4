"""How the station gets new firmware."""

from __future__ import annotations

from laadpaal.properties.kinds import Flag
from laadpaal.properties.rows import Access, Setting

UNSIGNED_ALLOWED = Setting(
    id="2911_1",
    kind=Flag(),
    default=False,
    help="Whether firmware may come without a signature where the CSMS needs a password.",
    access=Access.INSTALLER,
)

ROWS = (UNSIGNED_ALLOWED,)
