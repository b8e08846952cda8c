"""COPY and merge. psycopg only."""
