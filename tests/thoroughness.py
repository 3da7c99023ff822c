"""Whether there is time for everything."""

from hypothesis import settings

NIGHTLY = settings.get_current_profile_name() == "nightly"
