"""The objects of the compatible API: numbered values, made of the station and its settings."""

from laadpaal.local_api.objects.objects import Objects, Page, Written, encoded, render
from laadpaal.local_api.objects.routes import router

__all__ = ["Objects", "Page", "Written", "encoded", "render", "router"]
