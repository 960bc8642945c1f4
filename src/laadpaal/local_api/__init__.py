"""The control API `/v1`: what people and tests on this machine see and ask of the station."""
