"""The station at an MQTT broker: it tells how it is, and hears what home automations wish."""
