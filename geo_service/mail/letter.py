"""What is written to somebody, and how it looks on the wire."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal
from uuid import UUID


@dataclass(frozen=True)
class Letter:
    """Plain words in one language."""

    subject: str
    text: str
    tongue: str = "ko"


def message(  # noqa: PLR0913 (a letter's parts)
    letter: Letter,
    *,
    id: UUID,  # noqa: A002 (as its row calls it)
    to: str,
    sender: str,
    written_at: datetime,
    encoding: Literal["base64", "8bit"],
) -> EmailMessage:
    """As mail programs want it; the same letter is the same message, however often it is made."""
    name, address = parseaddr(sender)
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(name, addr_spec=address)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = " ".join(letter.subject.split())
    made["Date"] = format_datetime(written_at)
    made["Message-ID"] = f"<{id}@{address.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte=encoding)
    made["Content-Language"] = letter.tongue
    return made
