"""Context: Request, Progress, alerts, State and validation for running functions."""
