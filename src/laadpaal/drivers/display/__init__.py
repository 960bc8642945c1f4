"""The display: what a socket shows becomes a picture, and a picture goes to a screen."""
