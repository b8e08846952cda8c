"""Views of the REST API: each reads the request, calls one service and answers."""
