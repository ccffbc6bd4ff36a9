"""Taking all of one's things along, and leaving with nothing personal left behind."""

from geo_service.my.workflow.exporting import export_of
from geo_service.my.workflow.leaving import leave

__all__ = ["export_of", "leave"]
