"""`[web]`: the local side as the network sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from laadpaal.runtime.tables import Table


class WebTable(Table, frozen=True, kw_only=True):
    """`[web]`: HTTPS for everybody who can log in; without this table there is none.

    Until the owner has a password it listens on the loopback only. `certificate_file` and
    `key_file` are PEM files that are shown instead of the station's own certificate, and
    `announce` is whether the network is told of it (mDNS).
    """

    host: Annotated[str, msgspec.Meta(min_length=1)] = "0.0.0.0"  # noqa: S104  once there is a password
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)] = 443
    certificate_file: str = ""
    key_file: str = ""
    announce: bool = True

    def flaws(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        if bool(self.certificate_file) != bool(self.key_file):
            yield "web.key_file: certificate_file and key_file come together"
