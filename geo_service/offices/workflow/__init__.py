"""What offices do: answer for a place (`duty`), tell who they are (`facts`), have `staffing`."""

from geo_service.offices.workflow.duty import Duty, centre_for

__all__ = ["Duty", "centre_for"]
