"""Every JSON shape that crosses the wire."""

from pydantic import BaseModel, ConfigDict

SESSION_PATTERN = r"^[A-Za-z0-9_-]{8,64}$"


class Shape(BaseModel):
    """What all shapes have in common: each is compiled when it is first used, to start fast."""

    model_config = ConfigDict(defer_build=True, ser_json_inf_nan="strings")
