"""Made-up sales of a Chilean shop, messy in known ways, with the truth beside them.

The same plan gives the same bytes on every machine and Python. Pure: who calls it says
where the bytes go.
"""
