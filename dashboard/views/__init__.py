"""What answers the addresses of the company pages."""
