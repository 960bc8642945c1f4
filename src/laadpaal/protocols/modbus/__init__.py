"""Modbus as energy meters speak it: where each quantity stands, and the numbers in registers."""
