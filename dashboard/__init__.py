"""Pages for people at a company."""
