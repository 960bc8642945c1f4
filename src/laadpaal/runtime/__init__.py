"""The one loop, the real clock, and the place where all rooms are put together."""
