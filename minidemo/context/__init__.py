"""Context: Request, Progress, Cache, alerts, State and validation for running functions."""
