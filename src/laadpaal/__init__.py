"""Charging station software: a real station, a virtual one, or a thousand of them."""

VERSION = "0.2.0-2"
"""Shown on every face that names a version; MAJOR.MINOR.PATCH-BUILD (S1)."""
