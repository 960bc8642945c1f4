"""Who carries files to and from URLs of every scheme."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from laadpaal.ports.updater import Glance, blind
from laadpaal.protocols import location as places
from laadpaal.protocols.location import Location, LocationError
from laadpaal.transfers import ftp, web
from laadpaal.transfers.line import Line, in_thread
from laadpaal.transfers.outcome import TROUBLES, Outcome, named
from laadpaal.transfers.sink import Sink, Sizes, free_bytes

_WEB = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Real seconds, for they watch the network."""

    connect_s: float = 30.0
    idle_s: float = 60.0
    whole_s: float = 1800.0


@dataclass(frozen=True, slots=True)
class Porter:
    """Carries one file at a time in a thread, as often at once as it is asked.

    Args:
        tls: Returns whom to trust behind https and ftps; asked anew for each file.
        free: Tells how many bytes a folder has room for.
    """

    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    deadlines: Deadlines = Deadlines()
    free: Callable[[Path], int] = free_bytes

    async def fetch(self, url: str, path: Path, sizes: Sizes, glance: Glance = blind) -> Outcome:
        """Receive a file; what was at `path` is gone, and only a whole file is there after it.

        It ends as soon as `glance` finds that the rest of the file is not worth its way.
        """

        def work(location: Location, line: Line) -> Outcome:
            get = web.fetch if location.scheme in _WEB else ftp.fetch
            with Sink(path, sizes, self.free, glance) as sink:
                return get(location, sink, line, self.tls())

        return await self._carried(url, work)

    async def send(self, url: str, path: Path) -> Outcome:
        """Send a file; a URL that ends in a slash is a folder, in which it gets its own name."""

        def work(location: Location, line: Line) -> Outcome:
            put = web.send if location.scheme in _WEB else ftp.send
            return put(location.named(path.name), path, line, self.tls())

        return await self._carried(url, work)

    async def _carried(self, url: str, work: Callable[[Location, Line], Outcome]) -> Outcome:
        try:
            location = places.parse(url)
        except LocationError as wrong:
            return named(wrong)
        line = Line(self.deadlines.connect_s, self.deadlines.idle_s)

        def told() -> Outcome:
            try:
                return work(location, line)
            except TROUBLES as wrong:
                return named(wrong)

        return await in_thread(told, line, self.deadlines.whole_s)
