"""A table between two visits: packed into bytes, and itself again."""

import zlib
from collections.abc import Iterable, Sequence

import orjson

from geo_service.facilities.files.table import Row, Table


def packed(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A table as few bytes."""
    told = {"columns": columns, "rows": [(row.line, *row.cells) for row in rows]}
    return zlib.compress(orjson.dumps(told), level=1)


def unpacked(content: bytes) -> Table:
    """The same table, its broken rows apart again."""
    told = orjson.loads(zlib.decompress(content))
    table = Table(tuple(told["columns"]))
    for line, *cells in told["rows"]:
        table.take(line, cells)
    return table
