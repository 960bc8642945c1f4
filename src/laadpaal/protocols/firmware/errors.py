"""What is wrong with a file that should be a package."""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """In which respect, in the order in which they are looked for."""

    TOO_SMALL = "too small"
    TOO_LARGE = "too large"
    INCOMPLETE = "another number of bytes than announced"
    STRANGE = "no package of ours, or a damaged head"
    PRODUCT = "for another product"
    VERSION = "a version that may not follow the one that runs"
    DIGEST = "a payload that is not what the head says"
    SEAL = "not signed by the manufacturer"
    CONTENT = "a release that cannot be unpacked"


class PackageError(ValueError):
    """A file is no package for this station; the text says why, with the numbers."""

    def __init__(self, fault: Fault, why: str) -> None:
        super().__init__(why)
        self.fault = fault
