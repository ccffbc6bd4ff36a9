"""What offices do: answer for a place (`duty`), tell of themselves (`facts`), and work (`staffing`)."""

from geo_service.offices.workflow.duty import Duty, centre_for

__all__ = ["Duty", "centre_for"]
