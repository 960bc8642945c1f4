"""Our side of the talk with the CSMS."""
