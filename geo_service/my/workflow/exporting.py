"""All that every package keeps about somebody, for themselves alone."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from geo_service.accounts import workflow as accounts
from geo_service.accounts.models import Person
from geo_service.my.queries import account, meetings, rooms, watching, work
from geo_service.trust.queries import reviews_of_person

Questions = dict[str, Select[*tuple[object, ...]]]

IN_THE_ACCOUNT = "told by `account`"
AN_OFFICES = "what an officer did is the office's record, not the officer's"

NOT_ASKED = {
    "sign_in.person_id": IN_THE_ACCOUNT,
    "api_token.person_id": IN_THE_ACCOUNT,
    "identity.person_id": IN_THE_ACCOUNT,
    "second_factor.person_id": IN_THE_ACCOUNT,
    "recovery_code.person_id": "nothing but hashes of spare codes",
    "mail_code.person_id": "nothing but a hash, for ten minutes",
    "once.person_id": "answers that they were given already, for 48 hours",
    "payee.person_id": "only who has left has one",
    "application.decided_by_id": AN_OFFICES,
    "shift.confirmed_by_id": AN_OFFICES,
    "job.posted_by_id": AN_OFFICES,
    "job_batch.sent_by_id": AN_OFFICES,
    "call.opened_by_id": AN_OFFICES,
    "watcher.decided_by_id": AN_OFFICES,
    "booking_event.by_id": f"their own deeds are in `booking_history`; {AN_OFFICES}",
    "review.by_id": f"their own are in `reviews_written`; {AN_OFFICES}",
}
"""Columns that name a person and are asked by no question below, and why."""


def questions_about(person: Person) -> Questions:
    """Every part of the export that is asked as it is told, by its name."""
    return {
        "posts": account.posts(person.id),
        "invitations": account.invitations_to(person.email),
        "letters_on_their_way": account.letters_to(person.email),
        "applications": work.applications(person.id),
        "applications_for_others": work.applications_for_others(person.id),
        "application_drafts": work.drafts(person.id),
        "shifts": work.shifts(person.id),
        "hours_used": work.hours_used(person.id),
        "availability": work.availability(person.id),
        "calls": work.calls(person.id),
        "reviews_written": work.reviews_written(person.id),
        "remarks": work.remarks(person.id),
        "meetings_proposed": meetings.proposals(person.id),
        "meetings_supported": meetings.supported(person.id),
        "meeting_times_that_suit": meetings.times_that_suit(person.id),
        "meeting_seats": meetings.seats(person.id),
        "meeting_agenda_items": meetings.agenda_items(person.id),
        "meeting_minutes_to_write": meetings.minutes_to_write(person.id),
        "meeting_ballots": meetings.ballots(person.id),
        "meeting_tasks": meetings.tasks(person.id),
        "bookings": rooms.bookings(person.id),
        "booking_history": rooms.booking_history(person.id),
        "series": rooms.series(person.id),
        "waiting": rooms.waiting(person.id),
        "no_shows": rooms.no_shows(person.id),
        "quotas": rooms.quotas(person.id),
        "calendar": rooms.calendar(person.id),
        "watcher": watching.membership(person.id),
        "watcher_cards": watching.cards(person.id),
        "watcher_enrolment": watching.enrolment(person.id),
        "watcher_activities": watching.activities(person.id),
    }


def export_of(session: Session, person: Person, *, at: datetime) -> dict[str, Any]:
    """Everything, by parts; of other people nothing. Reviews of them are told as far as shown."""
    asked = {
        name: [dict(row) for row in session.execute(question).mappings()]
        for name, question in questions_about(person).items()
    }
    received = [
        {
            "job": review.round.application.job.title,
            "kept": review.kept,
            "again": review.again,
            "line": review.line,
            "written_at": review.written_at,
            "reply": review.reply,
        }
        for review in session.scalars(reviews_of_person(person.id, at=at))
    ]
    account_itself = accounts.export_of(session, person, at)
    return {"told_at": at, "account": account_itself, **asked, "reviews_received": received}
