"""How the last update of the firmware stands."""

from __future__ import annotations

from laadpaal.local_api.objects.codes import Code
from laadpaal.local_api.objects.row import Category, Row


def row() -> Row:
    """Return the object."""
    help_ = "How the last update stands: below 0 it failed, 4 is under way, 7 waits, 10 is done."
    return Category("generic").told(
        "2911_0", Code.INTEGER8, help_, lambda seen: int(seen.view.release.code), 12
    )
