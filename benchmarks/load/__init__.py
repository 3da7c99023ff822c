"""The load generator: a process of its own, so that it takes no time from the servers it measures."""
