"""Open Charge Metering Format: what a meter has counted, as a text that carries its signature."""

from laadpaal.protocols.ocmf.document import (
    ENCODING,
    METHOD,
    OcmfError,
    Record,
    public_key,
    read,
    written,
)

__all__ = ["ENCODING", "METHOD", "OcmfError", "Record", "public_key", "read", "written"]
