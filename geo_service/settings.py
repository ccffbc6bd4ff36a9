"""What may differ between one machine and another, and nothing else."""

import json
import os
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

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

    reports_database_url: str | None = None
    """The same database signed in as `geo_reports`, which alone enters what neighbours report."""

    keys_dir: Path | None = None
    """The folder of the keys to what is confidential, shared by all machines; none is `keys` in
    `data_dir`."""

    read_database_url: str | None = None
    """A standby that answers every GET; none reads where it writes."""

    secret_key: SecretStr | None = Field(None, min_length=32)
    """Seals what the database must not read; the same for every machine. None keeps one in
    `data_dir`, beside the embedded cluster."""

    oidc_providers: Annotated[list[dict[str, Any]], NoDecode] = []
    """Whose accounts people may sign in with, as JSON (see README)."""

    official_site: bool = False
    """Whether a government runs this site, and its banner may be shown."""

    smtp_url: SecretStr | None = None
    """The mail server, with its password; none lays letters into `data_dir/outbox`."""

    mail_from: str = "동네이음 <no-reply@localhost>"
    """From whom letters are."""

    worker: bool | None = None
    """Whether `serve` runs a worker beside itself; unsaid, it does where it runs the database."""

    log_format: str = Field("text", pattern="^(text|json)$")
    """`text` for people, `json` for machines."""

    @field_validator("data_dir", "keys_dir", mode="before")
    @classmethod
    def _names_a_folder(cls, given: object) -> object:
        if given == "":
            raise PydanticCustomError("empty", "an empty text names no folder")
        return given

    @field_validator("oidc_providers", mode="before")
    @classmethod
    def _read_as_json(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        try:
            return json.loads(given or "[]")
        except ValueError:
            raise PydanticCustomError(
                "json", 'is not JSON; write [] or a list such as [{"id": "kakao", …}]'
            ) from None

    @property
    def keys_folder(self) -> Path:
        """Where the keys are; never in a backup of the database."""
        return self.keys_dir or self.data_dir / "keys"

    @property
    def mail_server(self) -> str | None:
        """The URL of the mail server, its password included."""
        return self.smtp_url.get_secret_value() if self.smtp_url else None

    @property
    def has_worker_beside(self) -> bool:
        """Whether `serve` runs a worker: who names a database runs more than this one program."""
        return not self.database_url if self.worker is None else self.worker

    @field_validator("smtp_url", "worker", "reports_database_url", mode="before")
    @classmethod
    def _empty_is_none(cls, given: object) -> object:
        return None if given == "" else given

    @field_validator("mail_from")
    @classmethod
    def _names_a_mailbox(cls, given: str) -> str:
        _, address = parseaddr(given)
        if not all(address.rpartition("@")[::2]):
            raise PydanticCustomError("mailbox", "write it as 동네이음 <hello@example.org>")
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
