"""Foreign languages, sans-I/O: bytes in, values out; they know nothing of a station."""
