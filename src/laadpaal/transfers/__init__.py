"""Files on their way: one comes from a URL, one goes to it, and what went wrong has a name."""

from laadpaal.transfers.outcome import Done, Failed, Outcome, Trouble
from laadpaal.transfers.porter import Deadlines, Porter
from laadpaal.transfers.sink import Sizes

__all__ = ["Deadlines", "Done", "Failed", "Outcome", "Porter", "Sizes", "Trouble"]
