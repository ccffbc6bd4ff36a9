"""Tables of jobs as files: read from CSV or XLSX, and the empty one to be filled."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from geo_service.errors import Invalid
from geo_service.web.workbooks import sheets_of

MOST_ROWS = 2_000
"""A file of more is no list of jobs."""

MOST_COLUMNS = 60

MOST_CELLS = 1_000_000
"""What it may reach to, blank ones included: far more than is read, for it is read as a whole."""

MOST_UNZIPPED_BYTES = 200_000_000
"""What a workbook may unfold to."""


class UnreadableFile(Invalid):
    """This is neither a CSV file nor an XLSX workbook."""

    korean = "읽을 수 없는 파일이에요. 양식(XLSX나 CSV)에 적어서 올려 주세요."


class TooManyRows(Invalid):
    """There are more than 2,000 rows. Send them in parts."""

    korean = "2,000줄까지만 올릴 수 있어요. 나누어 올려 주세요."


def rows_of(body: bytes) -> list[list[str]]:
    """The rows of a file's first table, as text; empty rows at the end are left out.

    Raises: UnreadableFile, TooManyRows.
    """
    rows = _workbook(body) if body[:2] == b"PK" else _csv(body)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        raise TooManyRows
    if not rows:
        raise UnreadableFile
    return rows


def _workbook(body: bytes) -> list[list[str]]:
    try:
        sheet = next(sheets_of(body, most_cells=MOST_CELLS, most_bytes=MOST_UNZIPPED_BYTES), None)
    except ValueError as error:
        raise UnreadableFile(str(error) or None) from error
    rows = sheet.grid[: MOST_ROWS + 2] if sheet else []
    return [[_told(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _told(cell: object) -> str:
    """A cell as its reader would type it."""
    match cell:
        case bool():
            told = "예" if cell else "아니요"
        case float():
            told = f"{cell:.10g}"
        case datetime():
            told = cell.strftime("%Y-%m-%dT%H:%M").removesuffix("T00:00")
        case time():
            told = cell.strftime("%H:%M")
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            told = f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            told = str(cell).strip()
    return told


def _csv(body: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        head = text.partition("\n")[0]
        separator = max(",\t;", key=head.count)
        try:
            rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
        except csv.Error:
            break
        return [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows]
    raise UnreadableFile


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A table that spreadsheets open in Korean."""
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(
    head: Sequence[str],
    example: Sequence[str],
    hints: Sequence[str],
    choices: Sequence[Sequence[str]],
    *,
    sheet_name: str = "일자리",
) -> bytes:
    """The same as a workbook; every column with its hint, and a list where it has choices."""
    body = BytesIO()
    with Workbook(body, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True, "bg_color": "#e3f0ec", "border": 1})
        plain = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 1)
        for at, (name, said, hint, allowed) in enumerate(
            zip(head, example, hints, choices, strict=True)
        ):
            sheet.set_column(at, at, max(12, 2 * len(name) + 2), plain)
            sheet.write_string(0, at, name, bold)
            sheet.write_string(1, at, said, plain)
            if hint:
                sheet.write_comment(0, at, hint)
            if allowed:
                rule = {"validate": "list", "source": list(allowed)}
                sheet.data_validation(1, at, MOST_ROWS, at, rule)
    return body.getvalue()
