"""Where somebody tells or reads: who they are, if we know, and a confidential transaction."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from geo_service.accounts.models import Person
from geo_service.accounts.workflow import Secret, limits
from geo_service.accounts.workflow.limits import Limit
from geo_service.confidential.access import Confidential
from geo_service.confidential.keys import KeyRing
from geo_service.errors import NotFound
from geo_service.offices.models import Office
from geo_service.reports.files.told import Told
from geo_service.reports.models import Draft, Report, SaidBy, Urgency
from geo_service.reports.queries import (
    reports_told_by,
    the_draft,
    the_draft_with,
    the_report_with,
)
from geo_service.reports.schemas.progress import Progress, Sent
from geo_service.reports.workflow import drafts
from geo_service.reports.workflow.reading import (
    NoSuchReport,
    conversation_of,
    own_report,
    progress_of,
)
from geo_service.reports.workflow.routing import Route
from geo_service.reports.workflow.talking import say
from geo_service.reports.workflow.telling import (
    TellAgain,
    Teller,
    receipt_hash,
    reporter_hash,
    tell,
)
from geo_service.watchers.queries import is_watcher
from geo_service.web.idempotency import Wish

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

DRAFTS_FROM = Limit("draft of a report from an address", 300, _HOUR)
REPORTS_FROM = Limit("report from an address", 60, _HOUR)
"""A whole house, and with some providers a whole quarter, shares one address."""
REPORTS_OF = Limit("report of a person", 20, _DAY)
PHOTOS_FROM = Limit("photo for a report from an address", 120, _HOUR)
CODES_FROM = Limit("receipt code from an address", 100, _HOUR)
"""Codes have eighty bits: this is against noise, not against luck."""
MESSAGES_ABOUT = Limit("message about a report", 40, _DAY)


class NoSuchCode(NotFound):
    """This code opens nothing. Please look whether every letter is right."""

    korean = "그런 확인 번호가 없어요. 글자를 하나씩 다시 봐 주세요."


@dataclass
class Room:
    """One visit; what may be seen in it is claimed as it is proven."""

    confidential: Confidential
    secret: Secret
    person: Person | None
    address: str
    word: str | None = None
    """By which the draft of this browser is found."""

    @property
    def session(self) -> Session:
        """The confidential one."""
        return self.confidential.session

    @property
    def ring(self) -> KeyRing:
        """The keys."""
        return self.confidential.ring

    def claim(self, *report_ids: UUID) -> None:
        """From now on these may be seen, and no others."""
        self.confidential.claim(reports=frozenset(report_ids))

    def draft(self, *, at: datetime, held: bool = False) -> Draft | None:
        """What this browser has begun or just sent."""
        if not self.word:
            return None
        word_hash = drafts.hash_of(self.secret, self.word)
        draft_id = self.session.scalar(the_draft_with(word_hash))
        if draft_id is None:
            return None
        self.claim(draft_id)
        found = the_draft(draft_id, at=at)
        if held:
            found = found.with_for_update().execution_options(populate_existing=True)
        return self.session.scalar(found)

    def held(self, session: Session, *, at: datetime) -> tuple[str, Draft]:
        """The word and the draft, both new where there is none. Raises: TooManyTries."""
        draft = self.draft(at=at, held=True)
        if self.word and draft is not None and draft.step != drafts.SENT:
            return self.word, draft
        limits.count(session, self.secret, (DRAFTS_FROM, self.address), at=at)
        self.word, draft_id = drafts.new_word(), uuid4()
        self.claim(draft_id)
        word_hash = drafts.hash_of(self.secret, self.word)
        drafts.begin(self.session, self.ring, draft_id, word_hash, at=at)
        return self.word, self.session.scalars(the_draft(draft_id, at=at)).one()

    def kept_under(self, word: str, *, at: datetime) -> Draft:
        """The draft of this word, for this transaction alone; begun where there is none."""
        word_hash = drafts.hash_of(self.secret, word)
        draft_id = self.session.scalar(the_draft_with(word_hash))
        if draft_id is None:
            draft_id = uuid4()
            self.claim(draft_id)
            if not drafts.begin(self.session, self.ring, draft_id, word_hash, at=at):
                draft_id = self.session.scalars(the_draft_with(word_hash)).one()
        if draft_id is None:
            raise TellAgain
        self.claim(draft_id)
        draft = self.session.get(Draft, draft_id, with_for_update=True, populate_existing=True)
        if draft is None:
            raise TellAgain
        return draft

    def count_report(self, session: Session, *, at: datetime) -> None:
        """Raises: TooManyTries."""
        tries = [(REPORTS_FROM, self.address)]
        if self.person is not None:
            tries.append((REPORTS_OF, self.person.id.hex))
        limits.count(session, self.secret, *tries, at=at)

    def tell(  # noqa: PLR0913 (what, where to, in which language)
        self,
        session: Session,
        report_id: UUID,
        told: Told,
        route: Route,
        tongue: str,
        *,
        at: datetime,
    ) -> Sent:
        """Keep it; what its sender must be told. Raises: TellAgain."""
        person = self.person
        watches = person is not None and bool(session.scalar(is_watcher(person.id, at)))
        teller = Teller(
            person_id=person.id if person else None,
            email=person.email if person else None,
            tongue=tongue,
            is_watcher=watches,
        )
        self.claim(report_id)
        report, code = tell(
            self.session, self.ring, self.secret, report_id, told, route=route, teller=teller, at=at
        )
        centre, *second = self._centres(session, report)
        return Sent(
            number=report.number,
            centre=centre,
            second="".join(second),
            way=told.way,
            urgent=report.urgency is Urgency.TODAY,
            code=code,
            report_id=str(report.id),
        )

    def _centres(self, session: Session, report: Report) -> list[str]:
        told = (report.centre_id, report.second_centre_id)
        return [session.get_one(Office, one).name for one in told if one is not None]

    def claim_receipt(self, code: str) -> UUID:
        """The report that a receipt code opens; from now on it may be seen. Raises: NoSuchCode."""
        hashed = receipt_hash(self.secret, code)
        report_id = self.session.scalar(the_report_with(hashed)) if hashed else None
        if report_id is None:
            raise NoSuchCode
        self.claim(report_id)
        return report_id

    def open_receipt(self, session: Session, code: str, *, at: datetime) -> UUID | None:
        """The same; None for a wrong code, which is counted. Answer it without raising.

        Raises: TooManyTries.
        """
        limits.expect_room(session, self.secret, CODES_FROM, self.address, at=at)
        try:
            return self.claim_receipt(code)
        except NoSuchCode:
            limits.count(session, self.secret, (CODES_FROM, self.address), at=at)
            return None

    def claim_mine(self) -> None:
        """From now on all that this person told by their account may be seen.

        Not as themselves: a look that named them would stand beside what they told.
        """
        if self.person is not None:
            hashed = reporter_hash(self.secret, self.person.id)
            self.claim(*self.session.scalars(reports_told_by(hashed)))

    def has(self, report_id: UUID) -> bool:
        """Whether it was claimed, and is still there."""
        try:
            own_report(self.session, report_id)
        except NoSuchReport:
            return False
        return True

    def mine(self) -> list[Progress]:
        """How far each is that was claimed."""
        found = progress_of(self.session)
        self.confidential.look_at_each("report", [(one.id, one.centre_id) for one in found])
        return found

    def export(self) -> list[dict[str, Any]]:
        """All that the reporter of these may see, to take along."""
        return [asdict(self.progress(one.id)) for one in progress_of(self.session)]

    def progress(self, report_id: UUID) -> Progress:
        """How far one is, with its conversation. Raises: NoSuchReport, Shredded."""
        report = own_report(self.session, report_id)
        seal = self.confidential.look_into("report", report.id, report.centre_id)
        return conversation_of(self.session, seal, report)

    def say(
        self, session: Session, report_id: UUID, words: str, wish: Wish | None, *, at: datetime
    ) -> None:
        """Write to the centre; the same wish once. Raises: NoSuchReport, TooManyTries, SayAgain.

        The wish becomes the message's id: no answer about a report is kept outside its walls.
        """
        report = own_report(self.session, report_id)
        limits.count(session, self.secret, (MESSAGES_ABOUT, report_id.hex), at=at)
        message_id = self._message_id(report_id, wish) if wish else None
        said_by = SaidBy.REPORTER
        say(self.session, self.ring, report, said_by, words, at=at, message_id=message_id)

    def _message_id(self, report_id: UUID, wish: Wish) -> UUID:
        parts = (report_id.hex, wish.key_hash.hex(), wish.hash.hex())
        return UUID(bytes=self.secret.digest("message about a report", *parts, size=16))
