"""Simulation: vehicles, supply and devices that behave, where no hardware is."""
