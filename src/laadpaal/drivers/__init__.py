"""Drivers: the devices' ports spoken in the words of real hardware."""
