"""JSON as data.go.kr hands it out: `{"records": [{…}, …]}`, or just the list."""

from typing import Any

import orjson

from geo_service.facilities.files.table import Table, Unreadable, column_names


def read_json(text: str) -> Table:
    """The table in a list of flat objects; their keys, in order of appearance, are its columns.

    Raises: Unreadable.
    """
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(
            f"JSON 문법이 틀렸습니다({error.colno}번째 글자).", line=error.lineno
        ) from error
    records = content.get("records") if isinstance(content, dict) else content
    if not isinstance(records, list) or not records:
        raise Unreadable("JSON 안에 records 목록이 없거나 비어 있습니다.")
    keys: dict[str, None] = {}
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise Unreadable(f"records의 {number}번째 값이 객체가 아닙니다.")
        keys.update(dict.fromkeys(record))
    table = Table(column_names(list(keys)))
    for number, record in enumerate(records, 1):
        table.take(number, [_text(record.get(key), number) for key in keys])
    return table.checked()


def _text(value: Any, number: int) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Y" if value else "N"
        case float() if value.is_integer():
            return str(int(value))
        case str() | int() | float():
            return str(value).replace("\0", "")
        case _:
            raise Unreadable(f"records의 {number}번째에 값이 아닌 것(목록, 객체)이 들어 있습니다.")
