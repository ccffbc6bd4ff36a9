"""Reading outside formats: CSV, XLSX, XLS and JSON become one kind of table.

A format is told by its content, never by its name.
"""

from collections.abc import Collection

from geo_service.facilities.files.decoding import decode
from geo_service.facilities.files.delimited import read_csv
from geo_service.facilities.files.keeping import packed, unpacked
from geo_service.facilities.files.markup import refusal_of
from geo_service.facilities.files.records import read_json
from geo_service.facilities.files.table import MAX_BYTES, Row, Table, Unreadable
from geo_service.facilities.files.workbooks import read_xls, read_xlsx

__all__ = ["MAX_BYTES", "Row", "Table", "Unreadable", "packed", "read_table", "unpacked"]

_ZIP = b"PK\x03\x04"
"""How XLSX begins."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLS begins."""


def read_table(data: bytes, names: Collection[str] = ()) -> Table:
    """The table in a file, whose header is known by some of the `names`. Raises: Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"파일이 {MAX_BYTES // 1_000_000} MB를 넘습니다.")
    if data.startswith(_ZIP):
        return read_xlsx(data, names)
    if data.startswith(_OLE):
        return read_xls(data, names)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        raise refusal_of(data)
    text = decode(data)
    return read_json(text) if start in (b"{", b"[") else read_csv(text, names)
