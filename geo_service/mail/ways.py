"""How a letter leaves: through a mail server, or into a folder for whoever looks there."""

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from geo_service.errors import Invalid

TIMEOUT_S = 10.0
"""For each step of the talk with a mail server."""

PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


class NotASmtpUrl(Invalid):
    """GEO_SMTP_URL names a mail server by a URL: smtps://USER:PASSWORD@HOST, for example.

    `smtps` is encrypted from the start, `smtp` by STARTTLS before anything is said, and
    `smtp+plain` not at all, for a relay on one's own machine.
    """


class Refused(Exception):
    """The mail server will never take this letter: no such mailbox, for example."""


class Way(Protocol):
    """Takes messages out of the house."""

    @property
    def encoding(self) -> Literal["base64", "8bit"]:
        """How Korean travels on it."""

    def carry(self, message: EmailMessage) -> None:
        """Hand it over. Raises: Refused; anything else means: not now."""


@dataclass(frozen=True)
class Folder:
    """Messages as `.eml` files that only their owner reads; the same message is the same file."""

    path: Path
    encoding: Literal["base64", "8bit"] = "8bit"

    def carry(self, message: EmailMessage) -> None:
        """Written beside, then renamed: a file is there whole or not at all."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        unfinished = self.path / f".{uuid4()}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(message.as_bytes())
        unfinished.replace(self.path / f"{name}.eml")


@dataclass(frozen=True)
class Smtp:
    """A mail server."""

    url: SplitResult
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    encoding: Literal["base64", "8bit"] = "base64"

    @classmethod
    def at(cls, url: str) -> "Smtp":
        """The server that a URL names.

        Raises: NotASmtpUrl.
        """
        try:
            parts = urlsplit(url)
            valid = parts.scheme in PORTS and parts.hostname and parts.port != 0
        except ValueError:  # a port that is no number
            valid = False
        if not valid:
            raise NotASmtpUrl
        return cls(parts)

    def carry(self, message: EmailMessage) -> None:
        """Connect, say it, and leave."""
        with self._connected() as server:
            try:
                server.send_message(message)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                if _code(error) >= 500:
                    raise Refused from error
                raise
            except smtplib.SMTPNotSupportedError as error:  # an address in Hangul
                raise Refused from error

    def _connected(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "", self.url.port or PORTS[self.url.scheme]
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=TIMEOUT_S, context=self.trusted
            )
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
        try:
            if self.url.scheme == "smtp":
                server.starttls(context=self.trusted)
            if self.url.username:
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def _code(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code
    return min(code for code, _ in error.recipients.values())


def way_out(smtp_url: str | None, folder: Path) -> Way:
    """The server if one is named, or else the folder.

    Raises: NotASmtpUrl.
    """
    return Smtp.at(smtp_url) if smtp_url else Folder(folder)
