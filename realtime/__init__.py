"""What browsers are told: events, publishing, consumers. Knows no other package."""
