"""Documents in, a searchable and provable index out."""

import os

# Libraries that report their use to their makers read these when they are first imported. Every way in comes through
# this package before it comes to them: the command line, Python, the server, reading children, workers of a cluster.
os.environ.update(
    ORT_DISABLE_TELEMETRY="1",
    ANONYMIZED_TELEMETRY="False",
    RAY_USAGE_STATS_ENABLED="0",
    GRADIO_ANALYTICS_ENABLED="False",
    DO_NOT_TRACK="1",
)
