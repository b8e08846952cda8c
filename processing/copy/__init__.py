"""The landing: bytes into Postgres by COPY, then one merge. Knows psycopg only.

Nothing here opens or ends a transaction; the caller hands in a cursor.
"""
