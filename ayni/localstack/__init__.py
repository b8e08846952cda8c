"""Embedded Postgres and Valkey, and the processes of the demo."""
