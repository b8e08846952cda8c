"""Workbooks as tests write them: by hand, so that anything can be in one."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
HEADER = ("Fecha", "N° Boleta", "Código Producto", "Cantidad", "Total")
# Styles 1 to 6 of ``workbook``: a day, a moment, a time, an elapsed time, zeros, money.
FORMATS = ("dd/mm/yyyy", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm", "00000", "#,##0.00")
DAY, MOMENT, TIME, ELAPSED, ZEROS, MONEY = range(1, 7)


def text(value: str) -> str:
    """Return a cell with a text of its own."""
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def number(value: object, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def row(*cells: str, at: int | None = None) -> str:
    place = "" if at is None else f' r="{at}"'
    return f"<row{place}>{''.join(cells)}</row>"


def header(at: int | None = None) -> str:
    return row(*map(text, HEADER), at=at)


def sale(receipt: str, total: str = "1990", at: int | None = None) -> str:
    day, quantity = number(45356, DAY), number(2)
    return row(day, text(receipt), text("A"), quantity, number(total), at=at)


def sheet(*rows: str, prefix: str = "") -> str:
    body = "".join(rows)
    if prefix:
        body = body.replace("</", f"</{prefix}:").replace("<c", f"<{prefix}:c")
        for name in ("row", "v", "is", "t"):
            body = body.replace(f"<{name}>", f"<{prefix}:{name}>")
            body = body.replace(f"<{name} ", f"<{prefix}:{name} ")
    mark = f"{prefix}:" if prefix else ""
    return (
        f'<{mark}worksheet xmlns{":" if prefix else ""}{prefix}="{MAIN}">'
        f'<{mark}dimension ref="A1:XFD1048576"/>'
        f"<{mark}sheetData>{body}</{mark}sheetData></{mark}worksheet>"
    )


def workbook(
    folder: Path,
    *sheets: str,
    names: tuple[str, ...] = ("Hoja1", "Hoja2", "Hoja3"),
    hidden: tuple[int, ...] = (),
    properties: str = "",
    parts: Mapping[str, str] | None = None,
) -> Path:
    """Store a workbook of these sheets; ``parts`` are further parts or other ones."""
    whole = _parts(sheets, names=names, hidden=hidden, properties=properties)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (whole | dict(parts or {})).items():
            archive.writestr(name, content)
    path = folder / "sales.xlsx"
    path.write_bytes(out.getvalue())
    return path


def _parts(
    sheets: tuple[str, ...],
    *,
    names: tuple[str, ...],
    hidden: tuple[int, ...],
    properties: str,
) -> dict[str, str]:
    numbers = range(len(sheets))
    states = dict.fromkeys(hidden, 'state="hidden"')
    tabs = "".join(
        f'<sheet name="{names[i]}" sheetId="{i}" r:id="rId{i}" {states.get(i, "")}/>'
        for i in numbers
    )
    relations = "".join(
        relation(f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in numbers
    )
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": related(relation("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">'
        f"<workbookPr{properties}/><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": related(
            relations,
            relation("s", "styles", "/xl/styles.xml"),
            relation("t", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": shared(),
        **{f"xl/worksheets/sheet{i}.xml": sheets[i] for i in numbers},
    }


def shared(*texts: str) -> str:
    """Return the part of texts; each is what stands inside its element."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{t}</si>" for t in texts)}</sst>'


def relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{KINDS}/{kind}" Target="{target}"/>'


def related(*relations: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{"".join(relations)}</Relationships>'


def _styles() -> str:
    codes = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>'
        for i, code in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(FORMATS)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )
