"""What Prometheus may count: requests by route, status and time. Never by person or place."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

REQUESTS = Counter("geo_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "geo_request_seconds",
    "Time to the last byte, in seconds.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics() -> Response:
    """Figures for the operator's own network; the proxy in front does not pass them on."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
