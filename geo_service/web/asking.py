"""What a model asks of each field, read from the model itself, so that no page says it again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from annotated_types import Ge, GroupedMetadata, Le, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True)
class Rule:
    """The limits of one field, as far as a page tells them."""

    optional: bool = True
    many: bool = False
    """It takes several values of one name."""
    tick: bool = False
    """One box to tick: not sent means no."""
    chosen: bool = False
    """It is picked from a list and not typed."""
    max_length: int | None = None
    """Characters, or values of a field that takes many."""
    minimum: Any = None
    maximum: Any = None


@cache
def rules_of(model: type[BaseModel]) -> Mapping[str, Rule]:
    """The rules of every field, by name, in their order."""
    document = model.model_json_schema(by_alias=False)
    known, said = document.get("$defs", {}), document.get("properties", {})
    return {
        name: _rule(field, _resolved(said[name], known))
        for name, field in model.model_fields.items()
    }


def _resolved(said: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """One flat description: references followed, `X | None` taken for X."""
    if "$ref" in said:
        return {**said, **_resolved(known[said["$ref"].rsplit("/", 1)[1]], known)}
    real = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
    if real:
        nullable = {"nullable": len(real) < len(said["anyOf"])}
        return {**said, **_resolved(real[0], known), **nullable}
    return said


def _rule(field: FieldInfo, said: Mapping[str, Any]) -> Rule:
    tick = said.get("type") == "boolean" and not said.get("nullable")
    many = said.get("type") == "array"
    picked = {"enum", "const", "chosen"} & said.keys() or said.get("format") == "uuid"
    limits = list(_limits(field))
    return Rule(
        optional=not field.is_required() and not tick,
        many=many,
        tick=tick,
        chosen=tick or many or bool(picked),
        max_length=min((one.max_length for one in limits if isinstance(one, MaxLen)), default=None),
        minimum=max((one.ge for one in limits if isinstance(one, Ge)), default=None),  # type: ignore[type-var]
        maximum=min((one.le for one in limits if isinstance(one, Le)), default=None),  # type: ignore[type-var]
    )


def _limits(field: FieldInfo) -> Iterator[object]:
    """Everything that narrows a field, also inside `Annotated[…] | None`."""
    yield from _flat(field.metadata)
    for option in get_args(field.annotation):
        yield from _flat(getattr(option, "__metadata__", ()))


def _flat(metadata: Iterable[object]) -> Iterator[object]:
    for one in metadata:
        if isinstance(one, FieldInfo):
            yield from _flat(one.metadata)
        elif isinstance(one, GroupedMetadata):
            yield from _flat(one)
        else:
            yield one
