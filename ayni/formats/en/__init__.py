"""English with a day that cannot be taken for a month."""
