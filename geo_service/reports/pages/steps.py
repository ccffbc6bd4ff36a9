"""The pages on which somebody tells, one question each, and the draft that they fill."""

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from geo_service.geo.place import NotOnEarth, Place
from geo_service.reports.files.told import Knows, Told, Way, Whom
from geo_service.reports.schemas.forms import (
    ContactForm,
    DongForm,
    KnowsForm,
    SignsForm,
    WhatForm,
    WhereForm,
    WhomForm,
)
from geo_service.web.fields import FormModel
from geo_service.web.forms import Filled, blank, filled

WHOM, WHERE, DONG, WHAT, SIGNS, PHOTO = "whom", "where", "dong", "what", "signs", "photo"
KNOWS, CONTACT, CHECK = "knows", "contact", "check"

MODELS: dict[str, type[FormModel]] = {
    WHOM: WhomForm,
    WHERE: WhereForm,
    DONG: DongForm,
    WHAT: WhatForm,
    SIGNS: SignsForm,
    KNOWS: KnowsForm,
    CONTACT: ContactForm,
}

Said = dict[str, Any]
"""For each page, what was typed by field.

Beside them `pin`, two degrees; `asks_dong`, and `dong_guess` where words name one; `looked`, that
they looked for words on the map; `photo_seen`, that they were asked, and `has_photo`.
"""


@dataclass(frozen=True)
class Steps:
    """What has been said so far, page by page."""

    said: Said
    is_known: bool = False
    """Whether they are signed in."""

    @property
    def has_photo(self) -> bool:
        """Whether there is a photo."""
        return bool(self.said.get("has_photo"))

    @property
    def about_myself(self) -> bool:
        """Whether they tell of themselves."""
        return bool(self.said.get(WHOM, {}).get("whom") == [Whom.MYSELF.value])

    @property
    def names(self) -> list[str]:
        """The pages that are needed, in their order."""
        asks_dong = [DONG] if self.said.get("asks_dong") else []
        asks_them = [] if self.about_myself else [KNOWS]
        return [WHOM, WHERE, *asks_dong, WHAT, SIGNS, PHOTO, *asks_them, CONTACT, CHECK]

    @property
    def pin(self) -> Place | None:
        """The place on the map, if one was set."""
        try:
            lat, lng = self.said["pin"]
            return Place(float(lat), float(lng))
        except (KeyError, TypeError, ValueError, NotOnEarth):
            return None

    def form(self, step: str) -> Filled[Any]:
        """A page as it was left; what is known is filled in."""
        if step in self.said:
            return Filled(MODELS[step], self.said[step])
        known: dict[str, dict[str, Any]] = {
            WHOM: {"whom": Whom.NEIGHBOUR},
            DONG: {"dong": self.said.get("dong_guess")},
            CONTACT: {"way": Way.ACCOUNT if self.is_known else None},
        }
        return blank(MODELS[step], **known.get(step, {}))

    def value(self, step: str) -> Any:
        """What was said on a page; None while it is not complete."""
        if step == CHECK:
            return True
        if step == PHOTO:
            return self.said.get("photo_seen")
        if step not in self.said:
            return None
        typed = [(name, text) for name, texts in self.said[step].items() for text in texts]
        value: Any = filled(MODELS[step], FormData(typed)).value
        if step == CONTACT and value and value.way is Way.ACCOUNT and not self.is_known:
            return None  # signed out meanwhile
        return value

    @property
    def incomplete(self) -> str | None:
        """The first page on which something is missing."""
        return next((step for step in self.names if self.value(step) is None), None)

    def may_ask(self, step: str) -> bool:
        """Whether this page is needed, and nothing is missing before it."""
        names = self.names
        return step in names and all(map(self.value, names[: names.index(step)]))

    def before(self, step: str) -> str | None:
        """The page to go back to."""
        place = self.names.index(step)
        return self.names[place - 1] if place else None

    @property
    def next(self) -> str:
        """The page that comes next: what is missing, and then one look at all of it."""
        return self.incomplete or CHECK

    @property
    def dong_id(self) -> int | None:
        """The dong they named, where the place does not say."""
        if self.said.get("asks_dong"):
            return int(self.value(DONG).dong)
        guess = self.said.get("dong_guess")
        return int(guess) if guess is not None else None

    def told(self, photo: bytes | None) -> Told:
        """All of it; nothing must be missing."""
        whom, signs, contact = self.value(WHOM), self.value(SIGNS), self.value(CONTACT)
        return Told(
            whom=whom.whom,
            subject=whom.subject,
            place=self.pin,
            where_words=self.value(WHERE).words,
            kinds=tuple(self.value(WHAT).kinds),
            story=signs.story,
            since=signs.since,
            knows=Knows.MYSELF if self.about_myself else self.value(KNOWS).knows,
            way=contact.way,
            email=contact.email if contact.way is Way.MAIL else None,
            phone=contact.phone if contact.way in {Way.MAIL, Way.ACCOUNT} else None,
            photo=photo,
        )
