"""What may be raised while Postgres, or the way to it, is away."""

from django.db import InterfaceError, InternalError, OperationalError

# InternalError is what psycopg makes of a session that Postgres ended in the middle of
# a transaction because it heard nothing, as after a stop of this process, and of a
# server that only reads since another one took over.
NO_DATABASE = (OperationalError, InterfaceError, InternalError)
