"""What a dong plans, as JSON."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from geo_service.watchers.models import Activity, Watcher


class ActivityOut(BaseModel):
    """What watchers of a dong do together, as one of them sees it: how many come, not who."""

    id: UUID
    what: Annotated[str, Field(examples=["골목 한 바퀴"])]
    meet_at: Annotated[str, Field(examples=["행정복지센터 앞"])]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    seats: Annotated[int | None, Field(description="null is as many as like.")]
    coming: Annotated[int, Field(description="How many have signed up.")]
    i_come: Annotated[bool, Field(description="Whether one has signed up oneself.")]

    @classmethod
    def of(cls, activity: Activity, watcher: Watcher) -> Self:
        """What one watcher is told."""
        who = {part.watcher_id for part in activity.parts}
        return cls(
            id=activity.id,
            what=activity.what,
            meet_at=activity.meet_at,
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
            seats=activity.seats,
            coming=len(who),
            i_come=watcher.id in who,
        )
