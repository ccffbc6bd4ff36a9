"""A pay sheet as CSV, as spreadsheets in Korea open it: UTF-8 with its mark, CRLF."""

import csv
from io import StringIO

from geo_service.shifts.files.sheet import HEADS, TOTAL, PaySheet

_ACTS = tuple("=+-@\t\r＝＋－＠")
"""With these at its start, a spreadsheet may take somebody's words for a formula."""


def csv_of(sheet: PaySheet) -> bytes:
    """Every line, and the sum below."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for line in sheet.lines:
        words = (line.name, line.on.isoformat(), line.hours, line.job, line.programme)
        writer.writerow([_plain(line.person_no), *map(_plain, words), line.minutes, line.won])
    writer.writerow([TOTAL, "", "", "", "", "", sheet.minutes, sheet.won])
    return text.getvalue().encode("utf-8-sig")


def _plain(words: str) -> str:
    """The same words, which do nothing."""
    return f"'{words}" if words.lstrip().startswith(_ACTS) or words.startswith(_ACTS) else words
