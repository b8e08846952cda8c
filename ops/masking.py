"""Hide what looks like a secret in the arguments and tracebacks of jobs. Pure."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

MASK = "••••••"
# Words in a name that say its value is nobody's business, whatever it holds.
SECRET_WORDS = frozenset(
    {
        "auth",
        "authorization",
        "cookie",
        "cookies",
        "credential",
        "credentials",
        "csrf",
        "dsn",
        "jwt",
        "passphrase",
        "passwd",
        "password",
        "pin",
        "pwd",
        "secret",
        "secrets",
        "signature",
        "token",
        "tokens",
    }
)
# "key" alone is what a row is found by; these make it one that opens doors.
KEY_KINDS = frozenset(
    {"access", "api", "encryption", "master", "private", "secret", "signing"}
)
JOINED = frozenset({"accesskey", "apikey", "authkey", "privatekey", "secretkey"})
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Secrets inside a text: an address's password, a bearer's token, a signed token.
IN_TEXT = (
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE), 1),
    (re.compile(r"(\bBearer\s+)[\w.~+/-]+=*", re.IGNORECASE), 1),
    (re.compile(r"()\beyJ[\w-]+\.[\w-]+\.[\w-]+"), 1),
    (
        re.compile(
            r"(\b(?:password|passwd|secret|token|api_?key)[\"']?\s*[=:]\s*[\"']?)"
            r"[^\s\"',;)}]+",
            re.IGNORECASE,
        ),
        1,
    ),
)


def mask(value: Any, *, name: str = "") -> Any:
    """Return ``value`` with every secret in it replaced; its shape stays."""
    if name and names_secret(name) and value is not None:
        return MASK
    if isinstance(value, Mapping):
        return {key: mask(each, name=str(key)) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [mask(each) for each in value]
    if isinstance(value, str):
        return mask_text(value)
    return value


def mask_text(text: str) -> str:
    """Return ``text`` with passwords in addresses and tokens replaced."""
    for pattern, group in IN_TEXT:
        text = pattern.sub(rf"\g<{group}>{MASK}", text)
    return text


def names_secret(name: str) -> bool:
    """Return whether something called ``name`` must not be shown."""
    words = [word.lower() for word in WORD.findall(name)]
    if SECRET_WORDS & set(words) or JOINED & set(words):
        return True
    pairs = itertools.pairwise(words)
    return any(kind in KEY_KINDS and word == "key" for kind, word in pairs)
