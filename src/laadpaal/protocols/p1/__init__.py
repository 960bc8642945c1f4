"""The customer port of smart meters (P1): telegrams in, values out."""

from laadpaal.protocols.p1.errors import TelegramError
from laadpaal.protocols.p1.lines import Lines, lines_of
from laadpaal.protocols.p1.reader import TelegramReader
from laadpaal.protocols.p1.telegram import Submeter, Telegram, parse
from laadpaal.protocols.p1.variants import VARIANTS, Variant

__all__ = [
    "VARIANTS",
    "Lines",
    "Submeter",
    "Telegram",
    "TelegramError",
    "TelegramReader",
    "Variant",
    "lines_of",
    "parse",
]
