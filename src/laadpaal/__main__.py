"""Lets `python -m laadpaal` be the command."""

from laadpaal.cli.app import app

app()
