"""OCPP-J 1.6 and 2.0.1: frames, and typed messages that are strict in both directions."""
