"""What survives a power cut: one SQLite file, one thread that writes it."""

from laadpaal.storage.errors import StorageFailed
from laadpaal.storage.store import StationStore, Store, peek

__all__ = ["StationStore", "StorageFailed", "Store", "peek"]
