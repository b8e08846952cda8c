"""Template filters of the company pages."""
