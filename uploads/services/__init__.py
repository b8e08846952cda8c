"""Every write to the tables of uploads."""
