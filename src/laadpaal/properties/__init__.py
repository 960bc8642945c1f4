"""Every setting and reading of the station, one typed row each; imports nothing of ours."""
