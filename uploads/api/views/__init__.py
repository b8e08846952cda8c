"""Views of the API: each asks a service or a selector and puts it in words."""
