"""How fast jobs are, beside our peers and beside a table that has grown old."""
