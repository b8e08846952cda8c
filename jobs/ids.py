"""Identifiers of jobs and workers: UUIDv7, so that newer ones sort after older ones."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562); Postgres 16 has no ``uuidv7()`` of its own."""
    return uuid_utils.compat.uuid7()
