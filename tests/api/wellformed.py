"""What a schema would take gladly, so that one bad field is met by the deed and not by the next."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from geo_service.clock import KOREA, now

Schema = Mapping[str, Any]
Known = Mapping[str, Schema]
"""What `$ref` names, by the last word of the reference."""

BY_NAME = {
    "lat": 35.1407,
    "lng": 126.7988,
    "email": "hostile@example.org",
    "phone": "010-1234-5678",
    "telephone": "010-1234-5678",
    "password": "오래된 다리 위 고양이 7",
}
"""What no schema says: which words mean something."""

WORDS = "지나가던 이웃이 적은 글이에요."


def resolved(schema: Schema, known: Known) -> Schema:
    """References followed, and of several forms the first that is something."""
    while "$ref" in schema or "anyOf" in schema or "oneOf" in schema or "allOf" in schema:
        if "$ref" in schema:
            schema = known[schema["$ref"].rsplit("/", 1)[1]]
            continue
        forms = schema.get("anyOf") or schema.get("oneOf") or schema["allOf"]
        schema = next(form for form in forms if form.get("type") != "null")
    return schema


def wellformed(schema: Schema, known: Known, name: str = "", here: Mapping[str, Any] = {}) -> Any:  # noqa: PLR0911
    """Something that fits; `here` are the things that a name may mean."""
    if name in here or name in BY_NAME:
        return str(here[name]) if name in here else BY_NAME[name]
    schema = resolved(schema, known)
    if "const" in schema or schema.get("enum"):
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            said = schema.get("properties", {})
            return {key: wellformed(each, known, key, here) for key, each in said.items()}
        case "array":
            return [wellformed(schema.get("items", {}), known, name.removesuffix("s"), here)]
        case "integer" | "number":
            return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
        case "boolean":
            return True
    return _text(schema)


def _text(schema: Schema) -> str:
    soon = (now() + timedelta(days=2)).astimezone(KOREA).replace(hour=10, minute=0, second=0)
    match schema.get("format"):
        case "date":
            return soon.date().isoformat()
        case "date-time":
            return soon.replace(microsecond=0).isoformat()
        case "time":
            return "10:00"
        case "uuid":
            return str(uuid4())
    return WORDS.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength", 100)]
