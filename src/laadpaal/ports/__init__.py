"""One small interface for each kind of device, and for the few things rooms hand each other."""
