"""The station as a Modbus slave: energy managers read it, and may set its currents."""
