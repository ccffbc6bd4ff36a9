"""An operator's map file supersedes what is known of the areas it draws."""

from geo_service.areas.imports.report import Scope, Supersession
from geo_service.areas.imports.supersede import supersede

__all__ = ["Scope", "Supersession", "supersede"]
