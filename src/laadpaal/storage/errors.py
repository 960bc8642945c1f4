"""What goes wrong with the database file."""

from __future__ import annotations


class StorageFailed(Exception):  # noqa: N818 - a plain sentence, as everywhere in the project
    """The database could not be opened, or a write is not durable."""
