"""The receipt code, which opens a conversation, and the number by which a report is called.

A code has eighty bits: nobody guesses one. It is written in Crockford's letters, which look
unlike each other, and read however people write it down: `7k3m 9qxt 4wab h2cd`.
"""

import re
import unicodedata
from secrets import choice

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, GROUP = 16, 4
NUMBER_LENGTH = 8

_LOOKALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """One that nobody has, in groups of four."""
    return _grouped("".join(choice(LETTERS) for _ in range(CODE_LENGTH)))


def new_number() -> str:
    """What to say on the telephone; it says nothing of when or where, and opens nothing."""
    return _grouped("".join(choice(LETTERS) for _ in range(NUMBER_LENGTH)))


def plain_code(typed: str) -> str | None:
    """A code as it was made, without groups; None for what cannot be one."""
    letters = re.sub(r"[\s\-‐-―−_.]", "", unicodedata.normalize("NFKC", typed)).upper()
    plain = letters.translate(_LOOKALIKES)
    is_code = len(plain) == CODE_LENGTH and set(plain) <= set(LETTERS)
    return plain if is_code else None


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
