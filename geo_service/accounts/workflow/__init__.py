"""What people do with their accounts. Secrets never leave these files but once, to their owner."""

from geo_service.accounts.workflow.leaving import export_of, leave
from geo_service.accounts.workflow.secret import Secret

__all__ = ["Secret", "export_of", "leave"]
