"""What crosses the border: the map as GeoJSON, and as a drawing."""

from geo_service.neighbourhoods.schemas.drawing import Drawing, Shape, drawn
from geo_service.neighbourhoods.schemas.open_data import NeighbourhoodFeature, Neighbourhoods

__all__ = ["Drawing", "NeighbourhoodFeature", "Neighbourhoods", "Shape", "drawn"]
