"""New firmware on a real station: judged, unpacked into a slot, tried, and kept or taken back."""
