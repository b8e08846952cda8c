"""What the source asks to be translated, app by app, and the catalogues that answer.

``make messages`` adds new messages to the ``.po`` files, takes out those
nobody asks for any more, and compiles the ``.mo`` files. Nothing needs gettext's tools.
"""

import io
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
APPS = tuple(
    sorted(path.parents[3].relative_to(ROOT) for path in ROOT.glob("*/locale/*/*/*.po"))
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Key = tuple[str | None, str]
Asked = dict[Key, str | tuple[str, ...]]


def asked_by(app: Path) -> Asked:
    """Return the messages of an app's code and templates, by context and id."""
    asked: Asked = {}
    for path in sorted((ROOT / app).rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_text(encoding="utf-8")
        elif path.suffix == ".html":
            source = _as_python(path.read_text(encoding="utf-8"))
        else:
            continue
        asked |= _messages(source)
    return asked


def catalogue_path(app: Path) -> Path:
    return ROOT / app / "locale" / "es" / "LC_MESSAGES" / "django.po"


def catalogue_of(app: Path) -> Catalog:
    return read_po(
        io.BytesIO(catalogue_path(app).read_bytes()), locale="es", abort_invalid=True
    )


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def refresh(app: Path) -> list[str]:
    """Bring an app's catalogue up to date; return what still lacks a translation."""
    asked, catalogue = asked_by(app), catalogue_of(app)
    for message in list(catalogue):
        if message.id and key_of(message) not in asked:
            catalogue.delete(message.id, message.context)
    for (context, first), message_id in asked.items():
        if catalogue.get(first, context) is None:
            catalogue.add(message_id, context=context)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=88, sort_output=True, omit_header=False)
    catalogue_path(app).write_bytes(buffer.getvalue())
    catalogue_path(app).with_suffix(".mo").write_bytes(compiled(catalogue))
    return [str(m.id) for m in catalogue if m.id and not is_translated(m)]


def is_translated(message: Message) -> bool:
    string = message.string
    return bool(string) if isinstance(string, str) else all(string or ("",))


def key_of(message: Message) -> Key:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or None, first)


def _as_python(template: str) -> str:
    # Needs configured settings, which only a command line lacks.
    from django.utils.translation.template import templatize  # noqa: PLC0415

    # What is not a message comes back as rows of X; each line is a program of its own.
    return templatize(template)


def _messages(source: str) -> Asked:
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    asked: Asked = {}
    for _line, message, _comments, context in found:
        forms = (message,) if isinstance(message, str) else tuple(filter(None, message))
        asked[context, forms[0]] = forms[0] if len(forms) == 1 else forms
    return asked


if __name__ == "__main__":
    django.setup()
    missing = {str(app): lacking for app in APPS if (lacking := refresh(app))}
    for name, messages in missing.items():
        sys.stdout.write(f"{name}: {len(messages)} without translation\n")
        sys.stdout.writelines(f"  {message}\n" for message in messages)
