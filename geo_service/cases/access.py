"""The case, report or survey that a door is about, for caseworkers of its centre.

What belongs to another centre is not there. Opening what is sealed leaves a trace first, with
what for; a colleague's case opens only to who says that.
"""

from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import Select

from geo_service.cases.models import SurveyList
from geo_service.cases.queries.one import the_case, the_report, the_step
from geo_service.cases.queries.surveys import the_household, the_list, the_round
from geo_service.cases.schemas.forms import Purpose
from geo_service.cases.workflow.problems import (
    NoSuchCase,
    NoSuchHousehold,
    NoSuchList,
    NoSuchRound,
    NoSuchStep,
    NotToldHere,
    SayWhatFor,
)
from geo_service.clock import now
from geo_service.confidential.access import ActingCaseworker, AsCaseworker, Confidential
from geo_service.confidential.sealing import Seal, seal_of
from geo_service.reports.models import (
    CaseFile,
    Household,
    Report,
    Step,
    SurveyRound,
    SurveyVisit,
)
from geo_service.web.idempotency import Wish

OWN, ROUTING, SURVEY = "own", "routing", "survey"
"""Purposes that say themselves: one's own work, whether to take it, a survey."""

Why = Annotated[Purpose | None, Query(description="What a colleague's case is opened for.")]


@dataclass
class CaseAtHand:
    """A case, and whoever has it before them."""

    case: CaseFile
    desk: Confidential
    purpose: Purpose | None
    _opened: dict[tuple[str, UUID], Seal] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether it is our centre's, and not only offered to it."""
        return self.case.centre_id in self.desk.claims.offices

    @property
    def is_colleagues(self) -> bool:
        """Whether somebody else looks after it."""
        return self.is_ours and self.case.assigned_to not in {None, self.desk.claims.person_id}

    @property
    def needs_purpose(self) -> bool:
        """Whether it stays closed until they say what for."""
        return self.is_colleagues and self.purpose is None

    @property
    def asked(self) -> str:
        """The end of every link and form of its page, so that the purpose goes along."""
        return f"?purpose={self.purpose}" if self.purpose else ""

    def say_what_for(self) -> None:
        """Leave a trace of a deed that brings a colleague's case before others. Raises: SayWhatFor.

        What looks after oneself needs none.
        """
        if self.is_colleagues:
            self.look_into("case", self.case.id, self.case.centre_id)

    def id_of(self, wish: Wish | None) -> UUID | None:
        """What a wish adds has this id: sent again, it finds what it added.

        Answers are kept in another transaction than what they tell; one may be lost alone.
        """
        if wish is None:
            return None
        who = self.desk.claims.person_id
        parts = (self.case.id.hex, who.hex if who else "", wish.key_hash.hex(), wish.hash.hex())
        return UUID(bytes=self.desk.vault.secret.digest("added to a case", *parts, size=16))

    @property
    def seal(self) -> Seal:
        """To write into it; nothing is shown."""
        return seal_of(self.desk.ring, self.case.id)

    def look_into(self, thing: str, thing_id: UUID, centre_id: UUID) -> Seal:
        """Leave a trace, one for each thing, then open. Raises: SayWhatFor."""
        if self.needs_purpose:
            raise SayWhatFor
        said = str(self.purpose) if self.purpose else OWN
        why = said if self.is_ours else ROUTING
        if (key := (thing, thing_id)) not in self._opened:
            self._opened[key] = self.desk.look_into(thing, thing_id, centre_id, why)
        return self._opened[key]


@dataclass
class ReportAtHand:
    """A report that nobody has taken up, and whoever has it before them."""

    report: Report
    desk: Confidential
    _opened: dict[tuple[str, UUID], Seal] = field(default_factory=dict)

    def look_into(self, thing: str, thing_id: UUID, centre_id: UUID) -> Seal:
        """Leave a trace, one for each thing, then open."""
        if (key := (thing, thing_id)) not in self._opened:
            self._opened[key] = self.desk.look_into(thing, thing_id, centre_id, ROUTING)
        return self._opened[key]


@dataclass
class RoundAtHand:
    """A survey, and whoever has it before them."""

    round: SurveyRound
    desk: Confidential

    def look_into(self, thing: str, thing_id: UUID, centre_id: UUID) -> Seal:
        """Leave a trace, then open."""
        return self.desk.look_into(thing, thing_id, centre_id, SURVEY)


def _case(desk: Confidential, found: Select[CaseFile], purpose: Purpose | None) -> CaseAtHand:
    case = desk.session.scalar(found)
    if case is None:
        raise NoSuchCase
    return CaseAtHand(case, desk, purpose)


def _shown_case(case_id: UUID, desk: AsCaseworker, purpose: Why = None) -> CaseAtHand:
    return _case(desk, the_case(case_id, desk.claims.offices), purpose)


def _held_case(case_id: UUID, desk: ActingCaseworker, purpose: Why = None) -> CaseAtHand:
    found = the_case(case_id, desk.claims.offices).with_for_update()
    return _case(desk, found, purpose)


ShownCase = Annotated[CaseAtHand, Depends(_shown_case)]
"""To look at: ours, or offered to us. Raises: NoSuchCase."""

OfferedCase = Annotated[CaseAtHand, Depends(_held_case)]
"""The same, to answer whether we take it. Raises: NoSuchCase."""


def other_case(at_hand: CaseAtHand, case_id: UUID) -> CaseFile:
    """A second case, to be merged into the one at hand; a colleague's, for who says what for.

    Raises: NoSuchCase, SayWhatFor.
    """
    desk = at_hand.desk
    found = the_case(case_id, desk.claims.offices).with_for_update()
    other = _case(desk, found, at_hand.purpose)
    at_hand.say_what_for()
    other.say_what_for()
    return other.case


def _ours_shown(at_hand: ShownCase) -> CaseAtHand:
    if not at_hand.is_ours:
        raise NoSuchCase
    return at_hand


def _ours(at_hand: OfferedCase) -> CaseAtHand:
    if not at_hand.is_ours:
        raise NoSuchCase
    return at_hand


OurShownCase = Annotated[CaseAtHand, Depends(_ours_shown)]
"""Our own, to look at. Raises: NoSuchCase."""

OurCase = Annotated[CaseAtHand, Depends(_ours)]
"""Our own, to work on; nobody else changes it meanwhile. Raises: NoSuchCase."""


def _step(step_id: UUID, at_hand: OurCase) -> Step:
    step = at_hand.desk.session.scalar(the_step(at_hand.case.id, step_id))
    if step is None:
        raise NoSuchStep
    return step


OurStep = Annotated[Step, Depends(_step)]
"""A step of our case. Raises: NoSuchStep."""


def _shown_report(report_id: UUID, desk: AsCaseworker) -> ReportAtHand:
    report = desk.session.scalar(the_report(report_id, desk.claims.offices))
    if report is None:
        raise NotToldHere
    return ReportAtHand(report, desk)


def _held_report(report_id: UUID, desk: ActingCaseworker) -> ReportAtHand:
    found = the_report(report_id, desk.claims.offices).with_for_update()
    report = desk.session.scalar(found)
    if report is None:
        raise NotToldHere
    return ReportAtHand(report, desk)


ShownReport = Annotated[ReportAtHand, Depends(_shown_report)]
"""Told to our centre, to look at. Raises: NotToldHere."""

OurReport = Annotated[ReportAtHand, Depends(_held_report)]
"""Told to our centre, to decide about. Raises: NotToldHere."""


def _shown_round(round_id: UUID, desk: AsCaseworker) -> RoundAtHand:
    found = desk.session.scalar(the_round(round_id, desk.claims.offices))
    if found is None:
        raise NoSuchRound
    return RoundAtHand(found, desk)


def _held_round(round_id: UUID, desk: ActingCaseworker) -> RoundAtHand:
    found = desk.session.scalar(the_round(round_id, desk.claims.offices))
    if found is None:
        raise NoSuchRound
    return RoundAtHand(found, desk)


ShownRound = Annotated[RoundAtHand, Depends(_shown_round)]
"""A survey of our centre, to look at. Raises: NoSuchRound."""

OurRound = Annotated[RoundAtHand, Depends(_held_round)]
"""A survey of our centre, to work on. Raises: NoSuchRound."""

Found = tuple[Household, SurveyVisit]
"""A household, and how it is in this survey."""


def _household(at_hand: RoundAtHand, household_id: UUID) -> Found:
    row = at_hand.desk.session.execute(the_household(at_hand.round.id, household_id)).first()
    if row is None:
        raise NoSuchHousehold
    household, visit = row
    return household, visit


def _shown_household(household_id: UUID, at_hand: ShownRound) -> Found:
    return _household(at_hand, household_id)


def _our_household(household_id: UUID, at_hand: OurRound) -> Found:
    return _household(at_hand, household_id)


ShownHousehold = Annotated[Found, Depends(_shown_household)]
"""A household of a survey, to look at. Raises: NoSuchHousehold."""

OurHousehold = Annotated[Found, Depends(_our_household)]
"""A household of a survey, to note a visit. Raises: NoSuchHousehold."""


def _list(at_hand: RoundAtHand, list_id: UUID, *, held: bool = False) -> SurveyList:
    asked = the_list(at_hand.round.id, list_id, at=now())
    found = at_hand.desk.session.scalar(asked.with_for_update() if held else asked)
    if found is None:
        raise NoSuchList
    return found


def _shown_list(list_id: UUID, at_hand: ShownRound) -> SurveyList:
    return _list(at_hand, list_id)


def _our_list(list_id: UUID, at_hand: OurRound) -> SurveyList:
    return _list(at_hand, list_id, held=True)


ShownList = Annotated[SurveyList, Depends(_shown_list)]
"""A list that was sent and not taken in yet. Raises: NoSuchList."""

OurList = Annotated[SurveyList, Depends(_our_list)]
"""The same, to be taken in. Raises: NoSuchList."""
