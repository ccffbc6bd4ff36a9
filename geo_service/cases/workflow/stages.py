"""From which stage a case may go to which."""

from geo_service.reports.models import Stage

MOVES: dict[Stage, tuple[Stage, ...]] = {
    Stage.NEW: (Stage.ASSIGNED, Stage.CLOSED),
    Stage.ASSIGNED: (Stage.CONTACTED, Stage.CONNECTED, Stage.UNREACHABLE, Stage.CLOSED),
    Stage.CONTACTED: (Stage.CONNECTED, Stage.ASSIGNED, Stage.UNREACHABLE, Stage.CLOSED),
    Stage.CONNECTED: (Stage.CLOSED, Stage.CONTACTED),
    Stage.UNREACHABLE: (Stage.CONTACTED, Stage.CONNECTED, Stage.ASSIGNED, Stage.CLOSED),
    Stage.CLOSED: (Stage.ASSIGNED,),
}
"""The likely one first; from `closed` a case is only opened again."""

COLUMNS = (
    Stage.NEW,
    Stage.ASSIGNED,
    Stage.CONTACTED,
    Stage.CONNECTED,
    Stage.UNREACHABLE,
    Stage.CLOSED,
)
"""Order: as the board shows them."""
