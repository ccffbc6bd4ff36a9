"""What may differ between one machine and another, and nothing else."""

import os
from pathlib import Path

from pydantic import AliasChoices, Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parents[1]
"""The folder of pyproject.toml."""


class Settings(BaseSettings):
    """Read once, at start, from `GEO_…` environment variables; then handed down."""

    model_config = SettingsConfigDict(env_prefix="GEO_", frozen=True)

    host: str = Field("127.0.0.1", validation_alias=AliasChoices("GEO_HOST", "HOST"))
    """The address to listen on; `HOST` works too."""

    port: int = Field(8000, ge=1, le=65535, validation_alias=AliasChoices("GEO_PORT", "PORT"))
    """The port to listen on; `PORT` works too."""

    data_dir: Path = PROJECT / "var"
    """Holds the embedded PostgreSQL cluster: one for the project, wherever a command is called."""

    database_url: str | None = None
    """Where PostgreSQL listens, signed in as `geo_app`; none starts an embedded one."""

    owner_database_url: str | None = None
    """The same database signed in as `geo_owner`; migrations run on it."""

    read_database_url: str | None = None
    """A standby that answers every GET; none reads where it writes."""

    official_site: bool = False
    """Whether a government runs this site, and its banner may be shown."""

    log_format: str = Field("text", pattern="^(text|json)$")
    """`text` for people, `json` for machines."""

    @field_validator("data_dir", mode="before")
    @classmethod
    def _names_a_folder(cls, given: object) -> object:
        if given == "":
            raise PydanticCustomError("empty", "an empty text names no folder")
        return given


def variable(name: str) -> str:
    """What a setting is called in this environment: `PORT` where nobody said `GEO_PORT`."""
    if name in Settings.model_fields:
        return f"GEO_{name.upper()}"
    for field in Settings.model_fields.values():
        if isinstance(field.validation_alias, AliasChoices):
            names = field.validation_alias.choices
            if name in names:
                return next((str(each) for each in names if each in os.environ), name)
    return name
