"""Every JSON shape that crosses the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

SESSION_PATTERN = r"^[A-Za-z0-9_-]{8,64}$"


class Shape(BaseModel):
    """What all shapes have in common: each is compiled when it is first used, to start fast."""

    model_config = ConfigDict(defer_build=True, ser_json_inf_nan="strings")


class RequestShape(Shape):
    """A part of a request, without other members than those of its shape."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, members: Any) -> Any:
        """Refuse the first unknown member: pydantic would describe each, and visitors can send a million."""
        fields = cls.__pydantic_fields__
        for name in members if isinstance(members, dict) else ():
            if name not in fields:
                raise ValidationError.from_exception_data(
                    cls.__name__, [{"type": "extra_forbidden", "loc": (name,), "input": None}]
                )
        return members
