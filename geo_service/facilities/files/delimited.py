"""CSV, strictly: what would be guessed is refused."""

import csv
from io import StringIO

from geo_service.facilities.files.table import Table, Unreadable, column_names


def read_csv(text: str) -> Table:
    """The table in comma-separated text, with quotes that may span lines. Raises: Unreadable."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    table: Table | None = None
    line = 1
    try:
        for cells in reader:
            if table is not None and any(cells):
                table.take(line, cells)
            elif table is None and any(cells):
                table = Table(column_names(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            '따옴표가 맞지 않습니다. 칸 안의 따옴표는 두 번("") 써야 합니다.', line=line
        ) from error
    if table is None:
        raise Unreadable("빈 파일입니다.")
    return table.checked()
