"""Durable jobs on Dramatiq. Knows nothing about CSV files."""
