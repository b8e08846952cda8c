"""Composition root: settings, broker, ASGI application, URLs and the local stack."""
