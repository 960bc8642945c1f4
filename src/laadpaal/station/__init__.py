"""The core: every rule of the charging station, and nothing that touches the world."""
