"""Management commands of processing."""
