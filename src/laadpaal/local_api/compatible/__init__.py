"""Texts of the compatible API, as the tools that exist read them."""
