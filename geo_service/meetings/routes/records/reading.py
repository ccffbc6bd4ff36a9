"""What everybody may read."""

from fastapi import APIRouter

from geo_service.clock import now
from geo_service.meetings.access.meetings import TheMeeting
from geo_service.meetings.schemas.records.told import (
    EditionOut,
    RecordOut,
    ToldDecisionOut,
    ToldItemOut,
    ToldTaskOut,
)
from geo_service.meetings.workflow.recording import record_of
from geo_service.web.session import ReadSession

router = APIRouter(prefix="/api/v1", tags=["alley meetings"])


@router.get("/meetings/{meeting_id}/record")
def read_record(meeting: TheMeeting, session: ReadSession) -> RecordOut:
    """Agenda, minutes with what they said before, decisions with every slip, tasks."""
    told = record_of(session, meeting, at=now())
    return RecordOut(
        meeting_id=meeting.id,
        state=meeting.state,
        agenda=[ToldItemOut.model_validate(one) for one in told.agenda],
        scribe=told.scribe,
        editions=[EditionOut.model_validate(one) for one in told.editions],
        people=list(told.people),
        decisions=[ToldDecisionOut.model_validate(one) for one in told.decisions],
        tasks=[ToldTaskOut.model_validate(one) for one in told.tasks],
        looked_back=told.looked_back,
        looked_back_at=told.looked_back_at,
    )
