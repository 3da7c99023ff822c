"""Objects a running function can reach: Request, Progress, alerts, State, validate."""
