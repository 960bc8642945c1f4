"""The language of modems: commands that begin with AT, and the lines they answer with."""
