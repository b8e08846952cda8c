"""The pure part: bytes in, typed rows and rejects out.

Knows Polars and the standard library; no framework, network, clock or database.
"""
