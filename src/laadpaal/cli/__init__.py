"""The commands: `laadpaal run`, `backoffice`, `demo`, `replay`, `properties`."""
