"""Converts a client's data to a job."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fastapi import Request

from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.job import Job
from minidemo.errors import InputError, did_you_mean
from minidemo.server.gradio_api.defaults import MISSING, default_value, parameter_name
from minidemo.server.routes.predict import call_context
from minidemo.server.services import Services
from minidemo.stores.owner import Owner


class CallData(NamedTuple):
    """The values of a call, and the session that sent them."""

    data: list[Any]
    session: str | None = None


def create_job(request: Request, services: Services, endpoint: Endpoint, call: CallData) -> Job:
    """Return the job for a call, or raise `InputError`."""
    context = call_context(request, endpoint, call.session)
    values = codec.fill(endpoint, call.data)
    for component, name, value in zip(endpoint.inputs, endpoint.input_names, values, strict=True):
        if component.takes_files:
            _prepare(services, value, context.owner, name)
    return services.runner.job(endpoint, values, context)


def ordered_values(services: Services, endpoint: Endpoint, arguments: Mapping[str, Any]) -> list[Any]:
    """Return arguments by name as ordered values, or raise `InputError`.

    Missing arguments have their default.
    """
    names = {i: parameter_name(endpoint, i) for i, component in enumerate(endpoint.inputs) if not component.stays}
    for name in arguments:
        if name not in names.values():
            hint = did_you_mean(name, names.values()) if names else "It takes no values."
            raise InputError(f"There is no input {name!r:.60}. {hint}")
    return [_value(services, endpoint, i, arguments) for i in names]


def _value(services: Services, endpoint: Endpoint, i: int, arguments: Mapping[str, Any]) -> Any:
    name = parameter_name(endpoint, i)
    value = arguments[name] if name in arguments else default_value(services.page, endpoint, i)
    if value is MISSING:
        raise InputError(f"There is no value for {name!r}.", field=name)
    return value


def _prepare(services: Services, value: Any, owner: Owner, field: str) -> None:
    """Give files their owner's names, and refuse remote files."""
    for file in _files(value):
        path, name = str(file["path"]), file.get("orig_name")
        if path.lower().startswith(("http://", "https://")):
            raise InputError(
                "This server fetches nothing from other addresses. Download the file, and upload it: "
                "handle_file() with the path of the file does it, or POST gradio_api/upload.",
                field=field,
            )
        if isinstance(name, str):
            services.files.rename(path, name, owner)


def _files(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and node.get("path") is not None:
            yield node
        elif isinstance(node, dict | list):
            waiting.extend(reversed(node.values() if isinstance(node, dict) else node))
