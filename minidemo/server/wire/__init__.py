"""The wire: requests are read, responses and events are written."""
