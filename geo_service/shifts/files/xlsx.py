"""A pay sheet as XLSX: sums are formulas that can be checked, and values that can be read."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo_service.shifts.files.sheet import HEADS, PEOPLE_HEADS, TOTAL, PaySheet

_WIDTHS = (13, 14, 12, 14, 30, 22, 14, 14)
_PEOPLE_WIDTHS = (13, 14, 9, 14, 14)


def xlsx_of(sheet: PaySheet, *, at: datetime) -> bytes:
    """Two sheets: everybody's sum, and every shift; nobody's words are a formula."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": f"지급 명세 {sheet.month}", "created": at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#e3f0ec", "border": 1})
    number = book.add_format({"num_format": "#,##0"})
    total = book.add_format({"num_format": "#,##0", "bold": True, "top": 1})
    people, lines = book.add_worksheet("사람별"), book.add_worksheet("근무별")
    _write_people(people, sheet, head, number, total)
    _write_lines(lines, sheet, head, number, total, book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    return file.getvalue()


def _write_people(
    page: Worksheet, sheet: PaySheet, head: Format, number: Format, total: Format
) -> None:
    """Each sum is taken from the other sheet, by the person's number."""
    _begin(page, PEOPLE_HEADS, _PEOPLE_WIDTHS, head)
    last = len(sheet.lines) + 1
    row = 0
    for row, person in enumerate(sheet.people, 1):
        own = f"근무별!$A$2:$A${last},A{row + 1}"
        page.write_string(row, 0, person.person_no)
        page.write_string(row, 1, person.name)
        page.write_formula(row, 2, f"=COUNTIF({own})", number, len(person.lines))
        for column, source, value in ((3, "G", person.minutes), (4, "H", person.won)):
            summed = f"=SUMIF({own},근무별!${source}$2:${source}${last})"
            page.write_formula(row, column, summed, number, value)
    page.write_string(row + 1, 0, TOTAL, total)
    page.write_blank(row + 1, 1, None, total)
    sums = ((2, "C", len(sheet.lines)), (3, "D", sheet.minutes), (4, "E", sheet.won))
    for column, name, value in sums:
        _sum(page, row + 1, column, name, value, total)


def _write_lines(  # noqa: PLR0913, PLR0917 (a format for each kind of cell)
    page: Worksheet, sheet: PaySheet, head: Format, number: Format, total: Format, day: Format
) -> None:
    _begin(page, HEADS, _WIDTHS, head)
    row = 0
    for row, line in enumerate(sheet.lines, 1):
        page.write_string(row, 0, line.person_no)
        page.write_string(row, 1, line.name)
        page.write_datetime(row, 2, line.on, day)
        for column, words in enumerate((line.hours, line.job, line.programme), 3):
            page.write_string(row, column, words)
        page.write_number(row, 6, line.minutes, number)
        page.write_number(row, 7, line.won, number)
    page.write_string(row + 1, 0, TOTAL, total)
    for column in range(1, 6):
        page.write_blank(row + 1, column, None, total)
    _sum(page, row + 1, 6, "G", sheet.minutes, total)
    _sum(page, row + 1, 7, "H", sheet.won, total)


def _begin(page: Worksheet, heads: tuple[str, ...], widths: tuple[int, ...], look: Format) -> None:
    page.write_row(0, 0, heads, look)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


def _sum(page: Worksheet, row: int, column: int, name: str, value: int, look: Format) -> None:  # noqa: PLR0913, PLR0917
    """Of all rows above; of none, where there are none."""
    formula = f"=SUM({name}2:{name}{row})" if row > 1 else "=0"
    page.write_formula(row, column, formula, look, value)
