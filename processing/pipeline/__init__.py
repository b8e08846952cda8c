"""The pure part: bytes in, typed rows and rejects out. Polars and the standard library."""
