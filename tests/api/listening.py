"""Which fields a door reads: it is visited with nothing, and listened to.

So nobody lists them: what a door asks for tomorrow is heard tomorrow.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel
from starlette.datastructures import FormData, ImmutableMultiDict, QueryParams

from geo_service.web import csrf, forms, idempotency
from tests.api.wellformed import Known, Schema

OURS = {csrf.FIELD, idempotency.FIELD}
"""Read before the door, and refused there: nothing else would be reached."""


@dataclass
class Heard:
    """What a door asked for."""

    form: dict[str, Schema] = field(default_factory=dict)
    query: dict[str, Schema] = field(default_factory=dict)
    known: dict[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    """Of its JSON."""

    def by_document(self, operation: dict[str, Any], known: Known) -> None:
        """Add what the OpenAPI document says of the door."""
        self.known |= known
        for each in operation.get("parameters", ()):
            if each["in"] == "query":
                self.query[each["name"]] = each["schema"]
        sent = operation.get("requestBody", {}).get("content", {})
        self.body = sent.get("application/json", {}).get("schema")


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what is asked while this lasts."""
    heard = Heard()

    def note(asked: object, name: object) -> None:
        if not isinstance(name, str) or name in OURS:
            return
        if isinstance(asked, FormData):
            heard.form.setdefault(name, {})
        elif isinstance(asked, QueryParams):
            heard.query.setdefault(name, {})

    def noting(method: str) -> Any:
        real: Callable[..., Any] = getattr(ImmutableMultiDict, method)

        def read(asked: object, name: object) -> object:
            note(asked, name)
            return real(asked, name)

        return patch.object(ImmutableMultiDict, method, read)

    rules = forms.rules_of

    def rules_of(model: type[BaseModel]) -> object:
        document = model.model_json_schema(by_alias=False)
        heard.known |= document.get("$defs", {})
        heard.form |= document.get("properties", {})
        return rules(model)

    with (
        noting("getlist"),
        noting("__getitem__"),
        noting("__contains__"),
        patch.object(forms, "rules_of", rules_of),
    ):
        yield heard
