"""Firmware as images of the whole system, in slots that RAUC and the boot loader look after."""
