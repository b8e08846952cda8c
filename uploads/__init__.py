"""The records of an upload, their services and their REST API."""
