"""Examples in the API's description."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

EMAIL = "duena@almacen.example"
PASSWORD = "una-clave-bien-larga-4711"  # noqa: S105 - an example
ID = "019a0f2c-7d3e-7c11-9f64-0b5d4c1a2e3f"


def sent(name: str, value: Any) -> OpenApiExample:
    """Return an example of what a client sends."""
    return OpenApiExample(name, value=value, request_only=True)


def answered(name: str, value: Any) -> OpenApiExample:
    """Return an example of what a client gets."""
    return OpenApiExample(
        name, value=value, response_only=True, status_codes=["200", "201"]
    )


REGISTER = [
    sent("A person", {"email": EMAIL, "password": PASSWORD, "full_name": "Rosa Soto"})
]
TOKEN = [
    sent("Sign in", {"email": EMAIL, "password": PASSWORD}),
    answered("Tokens", {"access": "eyJhbGciOi…", "refresh": "eyJhbGciOi…"}),
]
REFRESH = [
    sent("Exchange", {"refresh": "eyJhbGciOi…"}),
    answered("Tokens", {"access": "eyJhbGciOi…", "refresh": "eyJhbGciOi…"}),
]
COMPANY = [
    sent("A shop", {"name": "Almacén Ñuñoa", "rut": "76086428-5", "industry": "retail"})
]
MEMBER = [sent("An analyst", {"email": "ana@almacen.example", "role": "analyst"})]
ROLE = [sent("A manager", {"role": "manager"})]
