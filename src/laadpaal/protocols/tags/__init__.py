"""Tags: the numbers of cards as radio brings them, and as readers write them down."""

from laadpaal.protocols.tags.errors import TagError
from laadpaal.protocols.tags.lines import Form, TagLines, parse
from laadpaal.protocols.tags.presence import Presence
from laadpaal.protocols.tags.uid import Order, drawn, spelled, vicinity

__all__ = [
    "Form",
    "Order",
    "Presence",
    "TagError",
    "TagLines",
    "drawn",
    "parse",
    "spelled",
    "vicinity",
]
