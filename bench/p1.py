"""CPU of reading a smart meter's telegrams: ours against `dsmr-parser`'s, in one run.

Runs in the environment of the counterparts, where the library is; see scripts/counterparts.
"""

from __future__ import annotations

from functools import partial

from bench.timing import fastest
from laadpaal.protocols.p1 import VARIANTS, TelegramReader
from laadpaal.simulation.p1_telegrams import Registers, telegram
from laadpaal.station.measurement import GridMeasurement

try:
    from dsmr_parser import telegram_specifications
    from dsmr_parser.parsers import TelegramParser
except ImportError:
    telegram_specifications = None

SECONDS_PER_ROUND = 0.3
SPECIFICATIONS = {"4": "V4", "5": "V5", "be": "BELGIUM_FLUVIUS", "se": "SWEDEN"}
HOUSE = GridMeasurement((16.2, -8.1, 0.4), None, (229.8, 231.0, 230.4))


def main() -> None:
    """Print microseconds per telegram and their ratio, variant by variant and in all."""
    if telegram_specifications is None:
        print("skipped: dsmr-parser is not installed here; run scripts/counterparts first")
        return
    total_ours = total_theirs = 0.0
    print(f"{'telegram':10}{'bytes':>8}{'ours us':>10}{'theirs us':>12}{'ratio':>8}")
    for version, name in SPECIFICATIONS.items():
        frame = telegram(version, HOUSE, Registers(1_234_567.0, 89_012.0), 1_700_000_000.0)
        ours = fastest(
            SECONDS_PER_ROUND, partial(we_read, TelegramReader(VARIANTS[version]), frame)
        )
        parser = TelegramParser(getattr(telegram_specifications, name))
        theirs = fastest(SECONDS_PER_ROUND, partial(parser.parse, frame.decode()))
        total_ours, total_theirs = total_ours + ours, total_theirs + theirs
        print(f"{version:10}{len(frame):>8}{ours:>10.1f}{theirs:>12.1f}{theirs / ours:>8.1f}")
    print(f"in all: {total_theirs / total_ours:.1f} times less CPU than dsmr-parser")


def we_read(reader: TelegramReader, frame: bytes) -> None:
    """Bytes of a line to a typed telegram; their finding of telegrams is not even counted."""
    assert reader.feed(frame)  # noqa: S101 -- the subjects are telegrams


if __name__ == "__main__":
    main()
