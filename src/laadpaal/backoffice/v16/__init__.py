"""What the back office says in OCPP 1.6."""
