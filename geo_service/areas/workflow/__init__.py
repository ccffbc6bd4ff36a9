"""What happens to areas: one at a time (`deeds`), and the ones that everybody starts with."""

from geo_service.areas.workflow.default import load_default

__all__ = ["load_default"]
