"""What a query string says. A parameter left empty is as good as absent."""

from rest_framework.request import Request


def given(request: Request) -> dict[str, str]:
    """Return the parameters of the request's query that have a value."""
    return {name: text for name, text in request.query_params.dict().items() if text}
