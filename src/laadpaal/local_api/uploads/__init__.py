"""Files that somebody brings: every usual layout over the wire, and one stream of bytes inside."""
