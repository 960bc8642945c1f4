"""What the back office says in OCPP 2.0.1."""
