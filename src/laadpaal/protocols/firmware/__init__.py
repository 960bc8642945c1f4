"""Our own firmware packages: head, payload and seal, and the signatures over whole files."""
