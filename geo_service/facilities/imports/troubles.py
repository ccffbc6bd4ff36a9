"""Rows that need somebody as a table, to be gone through in a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from geo_service.facilities.models import Outcome

Row = tuple[int, str, str, Iterable[str]]
"""Line, outcome, name, and every reason in words."""

_SAID = {
    Outcome.REPAIRED: "고쳐서 실음",
    Outcome.HELD_BACK: "보류",
    Outcome.REFUSED: "싣지 않음",
}


def table_of(rows: Iterable[Row]) -> bytes:
    """A CSV that opens in a Korean Excel by a double click."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("줄", "결과", "이름", "까닭"))
    for line, outcome, name, reasons in rows:
        said = _SAID[Outcome(outcome)]
        writer.writerow((line, said, harmless(name), harmless(" ".join(reasons))))
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
