"""Tables of durable jobs."""
