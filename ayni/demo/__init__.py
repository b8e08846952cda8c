"""The demo: a made-up shop sends a messy file, and every number is checked."""
