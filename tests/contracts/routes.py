"""Every route of the REST API, found from the URL resolver and not by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PREFIX = "api/v1/"
# Not about data: the API's own description.
ABOUT_ITSELF = {"schema", "docs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its template, the ids in it, and the methods its view knows."""

    template: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]
    name: str
    view: Any

    def url(self, **values: Any) -> str:
        return self.template.format(**values)


def api_routes() -> list[Route]:
    return [
        route
        for route in _walk(get_resolver(), "")
        if route.template.startswith(f"/{PREFIX}") and route.name not in ABOUT_ITSELF
    ]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + _template(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield _route(entry, path)


def _template(entry: URLPattern | URLResolver) -> str:
    template = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        template = template.replace(f"<{kind}:{name}>", f"{{{name}}}")
    return template


def _route(entry: URLPattern, path: str) -> Route:
    view = getattr(entry.callback, "view_class", None) or getattr(
        entry.callback, "cls", None
    )
    methods = [
        method.upper()
        for method in ("get", "post", "put", "patch", "delete")
        if hasattr(view, method)
    ]
    return Route(
        template=f"/{path}",
        parameters=tuple(entry.pattern.converters),
        methods=tuple(methods),
        name=entry.name or "",
        view=view,
    )
