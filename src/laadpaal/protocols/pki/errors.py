"""What goes wrong with a text that should be a certificate or a key."""

from __future__ import annotations


class PkiError(ValueError):
    """The text is not what it should be; says why, and never repeats a key."""


class KeyFlawed(PkiError):  # noqa: N818  a plain word, as everywhere in the project
    """The text is no private key, or not that of the certificate it came with."""
