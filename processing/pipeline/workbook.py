"""The parts of an ``.xlsx`` file: which sheets it has, and how its cells are shown.

Parts are found by their relations, not by their usual names, and every name is looked
up in the archive, never on disk.
"""

import dataclasses
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping

from processing.pipeline.archives import check_member, damage_told
from processing.pipeline.errors import FileError
from processing.pipeline.formats import PLAIN, Format, builtin_format, format_of
from processing.pipeline.markup import WORKBOOK, Element, elements_of

TYPES = "[Content_Types].xml"
ODF = "mimetype"
SPREADSHEET_TYPE = ".sheet"
# Ways of saying true, in every edition of the format.
TRUE = frozenset({"1", "true", "on"})
# How many sheets a message names, so that it stays below 500 characters, and how much
# of each:
# no text anybody can read holds a longer cell (design.md). Excel itself allows 31.
NAMED_SHEETS = 6
NAME_CHARS = 64


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its name, where its cells are, and whether a person can see it."""

    name: str
    part: str
    is_hidden: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What is known before cells are read. ``formats`` are by number of style.

    ``counts_from_1904`` says that its dates are days since 1904 and not since 1900.
    """

    sheets: tuple[Sheet, ...]
    formats: tuple[Format, ...]
    texts_part: str
    counts_from_1904: bool


def is_office_document(archive: zipfile.ZipFile) -> bool:
    """Say whether an archive is a document of an office program, of any kind."""
    names = {info.filename for info in archive.infolist()}
    return TYPES in names or (ODF in names and "content.xml" in names)


def read_workbook(archive: zipfile.ZipFile) -> Workbook:
    """Return the sheets and formats of a workbook.

    Raises ``FileError`` for documents of other programs and for damaged ones.
    """
    part = _main_part(archive)
    relations = _relations(archive, part)
    sheets: list[Sheet] = []
    counts_from_1904 = False
    for element in _elements(archive, part):
        if element.name == "workbookPr":
            counts_from_1904 = element.attributes.get("date1904", "") in TRUE
        elif element.name == "sheet":
            sheets += _sheet(element, relations)
    return Workbook(
        sheets=tuple(sheets),
        formats=_formats(archive, _first(relations, "styles")),
        texts_part=_first(relations, "sharedStrings"),
        counts_from_1904=counts_from_1904,
    )


def choose_sheet(workbook: Workbook, name: str) -> Sheet:
    """Return the sheet of that name or number, or else the first one that can be seen.

    A name goes before a number, which counts from 1 the sheets that can be seen. Raises
    ``FileError`` naming the sheets if there is none.
    """
    wanted = name.strip().casefold()
    seen = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
    if not wanted:
        found = seen or list(workbook.sheets)
    else:
        named = [s for s in workbook.sheets if s.name.strip().casefold() == wanted]
        found = named or _numbered(seen, wanted)
    if not found:
        names = ", ".join(s.name[:NAME_CHARS] for s in seen[:NAMED_SHEETS])
        raise FileError(
            "unknown_sheet", sheet=name[:NAME_CHARS], sheets=names or "none"
        )
    return found[0]


def _numbered(sheets: list[Sheet], wanted: str) -> list[Sheet]:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", wanted):
        return []
    return sheets[int(wanted) - 1 :][:1]


def open_part(archive: zipfile.ZipFile, part: str) -> zipfile.ZipExtFile:
    """Return a part as a stream. Raises ``FileError`` if there is none."""
    try:
        info = archive.getinfo(part)
    except KeyError as exc:
        raise FileError("damaged_file", found=WORKBOOK) from exc
    check_member(info, WORKBOOK)
    with damage_told(WORKBOOK):
        return archive.open(info)  # type: ignore[return-value]  # mode "r" reads


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[Element]:
    with open_part(archive, part) as stream:
        yield from elements_of(stream)  # type: ignore[arg-type]  # it reads bytes


def _main_part(archive: zipfile.ZipFile) -> str:
    if TYPES not in archive.namelist():
        raise FileError("other_workbook", found="an OpenDocument file")
    part = _first(_relations(archive, ""), "officeDocument")
    if part.endswith(".bin"):
        raise FileError("other_workbook", found="a binary workbook (.xlsb)")
    if not part.rpartition("/")[2].startswith("workbook") and not _is_sheet(
        archive, part
    ):
        raise FileError("not_csv", found="a document that is no workbook")
    return part


def _is_sheet(archive: zipfile.ZipFile, part: str) -> bool:
    return any(
        "sheet" in element.attributes.get("ContentType", "")
        for element in _elements(archive, TYPES)
        if element.attributes.get("PartName") == f"/{part}"
    )


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the target and kind of each relation of a part, by id."""
    folder, _, name = part.rpartition("/")
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    return {
        element.attributes.get("Id", ""): (
            posixpath.normpath(
                posixpath.join("/", folder, element.attributes.get("Target", ""))
            ).lstrip("/"),
            element.attributes.get("Type", "").rpartition("/")[2],
        )
        for element in _elements(archive, relations)
        if element.name == "Relationship"
    }


def _first(relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((part for part, found in relations.values() if found == kind), "")


def _sheet(
    element: Element, relations: Mapping[str, tuple[str, str]]
) -> Iterator[Sheet]:
    part, kind = relations.get(element.attributes.get("id", ""), ("", ""))
    # Charts and macros have tabs, too.
    if kind == "worksheet":
        yield Sheet(
            name=element.attributes.get("name", ""),
            part=part,
            is_hidden=element.attributes.get("state", "visible") != "visible",
        )


def _formats(archive: zipfile.ZipFile, part: str) -> tuple[Format, ...]:
    if not part:
        return ()
    own: dict[str, str] = {}
    numbers: list[str] = []
    parents: list[str] = []
    for element in _elements(archive, part):
        del parents[element.level :]
        if element.name == "numFmt" and parents[-1:] == ["numFmts"]:
            own[element.attributes.get("numFmtId", "")] = element.attributes.get(
                "formatCode", ""
            )
        elif element.name == "xf" and parents[-1:] == ["cellXfs"]:
            numbers.append(element.attributes.get("numFmtId", "0"))
        parents.append(element.name)
    return tuple(_format(number, own) for number in numbers)


def _format(number: str, own: Mapping[str, str]) -> Format:
    if number in own:
        return format_of(own[number])
    return builtin_format(int(number)) if number.isdecimal() else PLAIN
