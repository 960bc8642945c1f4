"""A small CSMS for both OCPP versions: it accepts, records, checks and commands."""
