"""The work: actors, the story of one upload, the pure pipeline and COPY."""
