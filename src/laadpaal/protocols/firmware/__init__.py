"""Our own firmware packages, and the signatures over them."""
