"""Two people edit one thing: neither overwrites unseen what the other wrote.

A row that is edited counts its `version` up. Programs are given it as `ETag` and must send it
back as `If-Match` (428 without, 412 when somebody was faster). A page carries it in its form,
with a short hash of every field as it was shown; so it is known what the other person changed,
and what was typed here. Both are shown side by side, and whoever sends again has chosen.

    form = editing(JobIn, of=job)         the page
    form = edited(JobIn, sent, of=job)    what it sent; `job` is locked, so that it stays so
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from geo_service.errors import Conflict, Invalid
from geo_service.web.forms import Change, Complaint, Filled, blank, filled

M = TypeVar("M", bound=BaseModel)

FIELD, TAKE = "version", "take-"
"""What the form carries, and its choices: `take-title=theirs`."""

_TAG = re.compile(r'"(\d{1,9})"')


class EditsNeedVersion(Invalid):
    """Say which version you edit: send its ETag as If-Match."""


class ChangedMeanwhile(Conflict):
    """Somebody else has changed this meanwhile. Look at it again."""

    korean = "그 사이에 다른 사람이 고쳤어요. 다시 열어 확인해 주세요."


def tag(response: Response, version: int) -> None:
    """Tell a program which version it is given."""
    response.headers["ETag"] = f'"{version}"'


_Seen = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The ETag of what you have seen, or `*` to overwrite whatever there is.",
        examples=['"3"'],
    ),
]


@dataclass(frozen=True, slots=True)
class Edition:
    """The version that somebody has seen; None is whichever there is."""

    version: int | None

    def expect(self, row: Any, wanted: BaseModel) -> None:
        """Go on if `row`, which is locked, is still as it was seen. Raises: ChangedMeanwhile.

        The problem names the `fields` in which it differs from what is wanted now.
        """
        if self.version in {None, row.version}:
            return
        said = wanted.model_dump(exclude_unset=True)
        fields = [name for name, value in said.items() if getattr(row, name, value) != value]
        raise ChangedMeanwhile(version=row.version, fields=fields)


def _edition(seen: _Seen = None) -> Edition:
    if seen is None:
        raise EditsNeedVersion
    if seen.strip() == "*":
        return Edition(None)
    version = _TAG.fullmatch(seen.strip())
    return Edition(int(version[1]) if version else -1)


IfMatch = Annotated[Edition, Depends(_edition)]
"""For every door through which programs edit. Raises: EditsNeedVersion."""


def editing(model: type[M], *, of: Any) -> Filled[M]:
    """The form with what is there."""
    form = blank(model, of=of)
    form.version = _seal(of.version, form.given)
    return form


def edited(model: type[M], sent: FormData, *, of: Any) -> Filled[M]:
    """What was sent, with what was taken from the other; not good while both differ unseen."""
    theirs = blank(model, of=of)
    form = filled(model, _with_theirs(sent, theirs.given))
    form.version = _seal(of.version, theirs.given)
    shown = sent.get(FIELD)
    version, *was = shown.split(",") if isinstance(shown, str) else ("",)
    if version == str(of.version):
        return form
    mine = blank(model, of=form.value).given if form.value else form.given
    seen = dict(zip(theirs.given, was, strict=False))
    form.changes = [
        Change(name, there, mine.get(name, []), is_untouched=seen.get(name) == _hash(mine[name]))
        for name, there in theirs.given.items()
        if mine.get(name, []) != there and seen.get(name) != _hash(there)
    ]
    if form.changes:
        form.value = None
        form.summary.append(Complaint("changed_meanwhile"))
    return form


def _with_theirs(sent: FormData, theirs: Mapping[str, list[str]]) -> FormData:
    taken = {name for name in theirs if sent.get(TAKE + name) == "theirs"}
    own: list[tuple[str, UploadFile | str]] = [
        (name, item) for name, item in sent.multi_items() if name not in taken
    ]
    return FormData([*own, *((name, text) for name in taken for text in theirs[name])])


def _seal(version: int, given: Mapping[str, list[str]]) -> str:
    return ",".join([str(version), *map(_hash, given.values())])


def _hash(values: list[str]) -> str:
    return blake2s("\0".join(values).encode(), digest_size=4).hexdigest()
