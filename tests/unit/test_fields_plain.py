"""Text from programs: whatever they send, PostgreSQL can keep it, and what is counted is kept."""

import unicodedata
from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError

from geo_service.web.fields import Plain


class _Said(BaseModel):
    words: Annotated[Plain, Field(max_length=2)]


def test_letters_in_pieces_are_put_together_before_they_are_counted() -> None:
    assert _Said(words=unicodedata.normalize("NFD", "각각")).words == "각각"
    with pytest.raises(ValidationError):
        _Said(words="각각각")


def test_what_postgresql_cannot_keep_is_refused() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        _Said(words="\0")


def test_programs_are_told_how_long_it_may_be() -> None:
    assert _Said.model_json_schema()["properties"]["words"]["maxLength"] == 2
