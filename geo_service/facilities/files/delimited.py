"""CSV, strictly: what would be guessed is refused."""

import csv
from collections.abc import Collection
from io import StringIO

from geo_service.facilities.files.header import beginning_of
from geo_service.facilities.files.table import Table, Unreadable, column_names

_QUOTES = '따옴표가 맞지 않습니다. 칸 안의 따옴표는 두 번("") 써야 합니다.'

_TOO_LONG = (
    f"한 칸에 적힌 글이 {csv.field_size_limit():,}자를 넘습니다. 글을 줄이거나, 닫히지 않은"
    " 따옴표가 있는지 살펴봐 주세요."
)


def read_csv(text: str, names: Collection[str] = ()) -> Table:
    """The table in delimited text, with quotes that may span lines.

    `names` are columns by which its header and its delimiter are known.
    Raises: Unreadable.
    """
    above, delimiter = beginning_of(text, names)
    lines = StringIO(text, newline="")
    for _ in range(above):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    table: Table | None = None
    line = above + 1
    try:
        for cells in reader:
            if table is not None and any(cells):
                table.take(line, cells)
            elif table is None and any(cells):
                table = Table(column_names(cells))
            line = above + reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _TOO_LONG if "field limit" in str(error) else _QUOTES, line=line
        ) from error
    if table is None:
        raise Unreadable("빈 파일입니다.")
    return table.checked()
