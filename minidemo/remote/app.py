"""A remote app, its configuration and its endpoints."""

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.remote.fields import Fields, fields_of
from minidemo.remote.link import InvalidResponse, Link, RemoteError, RequestRefused
from minidemo.remote.wire import Config, Dependency, EndpointInfo, Info

PROTOCOLS = ("sse_v2", "sse_v2.1", "sse_v3")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class App:
    """A remote app with its configuration."""

    link: Link
    config: Config
    info: Info

    @property
    def prefix(self) -> str:
        """Prefix of the API's paths."""
        return self.config.api_prefix or ""

    @property
    def title(self) -> str | None:
        """Title of the page, without Gradio's default."""
        return None if self.config.title in (None, "", "Gradio") else self.config.title

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """Markdown above the inputs and at the end of the page."""
        config = self.config
        api_ids = {id for each in config.dependencies for id in (*each.inputs, *each.outputs)}
        first = next((i for i, part in enumerate(config.components) if part.id in api_ids), len(config.components))
        above, below = config.description, config.article
        for i, part in enumerate(config.components if config.mode == "interface" else ()):
            text = part.value.text
            if part.type == "markdown" and part.id not in api_ids and text is not None and text[:3] != "<h1":
                above, below = (above or text, below) if i < first else (above, below or text)
        return above, below

    def endpoint(self, name: str | None) -> "Remote":
        """Return an endpoint by name, or the only one, or raise `ConfigurationError`."""
        names = [each.removeprefix("/") for each in self.info.named_endpoints]
        if name is None and len(names) != 1:
            quoted_names = ", ".join(f"{each!r}" for each in names)
            fault = f"has several endpoints ({quoted_names})" if names else "offers no endpoint by a name"
            raise self._load_error(f"it {fault}. Say which one: load({self.link.url!r}, api_name=…).")
        endpoint_name = names[0] if name is None else name.removeprefix("/")
        for index, dependency in enumerate(self.config.dependencies):
            if dependency.api_name == endpoint_name and dependency.api_visibility != "private":
                return self._remote(endpoint_name, index, dependency)
        raise self._load_error(f"it has no endpoint {endpoint_name!r}. {did_you_mean(endpoint_name, names)}")

    def _remote(self, name: str, index: int, dependency: Dependency) -> "Remote":
        endpoint_info = self.info.named_endpoints.get(f"/{name}", EndpointInfo())
        try:
            fields = fields_of(self.config, dependency, endpoint_info)
        except InvalidResponse as error:
            raise self._load_error(f"{error}.") from None
        return Remote(
            app=self,
            name=name,
            number=index if dependency.id is None else dependency.id,
            description=endpoint_info.description or None,
            fields=fields,
            diffs=dependency.types.get("connection") != "stream",
        )

    def _load_error(self, reason: str) -> ConfigurationError:
        return ConfigurationError(f"The app at {self.link.url} cannot be loaded: {reason}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """An endpoint of a remote app; `diffs` means that it streams changes."""

    app: App
    name: str
    number: int
    description: str | None
    fields: Fields
    diffs: bool


def app_at(link: Link) -> App:
    """Return the app behind a link, or raise `ConfigurationError` with a remedy."""
    url = link.url
    try:
        if link.auth is not None:
            _log_in(link, link.auth[0])
        config = _read(Config, link.get("/config"), "/config")
        if config.protocol not in PROTOCOLS:
            raise ConfigurationError(
                f"The app at {url} cannot be loaded: it is one of Gradio {config.version}, whose protocol is "
                f"{config.protocol!r}; expected {', '.join(PROTOCOLS)}. Update it to Gradio 4.44, 5 or 6."
            )
        info = _read(Info, link.get(f"{config.api_prefix or ''}/info"), "/info")
    except RemoteError as error:
        raise ConfigurationError(f"The app at {url} cannot be loaded: {_remedy(error)}") from error
    return App(link=link, config=config, info=info)


def _log_in(link: Link, name: str) -> None:
    try:
        link.log_in()
    except RequestRefused as error:
        if error.status in (400, 401, 403):
            raise ConfigurationError(
                f"The app at {link.url} cannot be loaded: it does not let {name!r} in with this password. "
                "Check auth=(name, password)."
            ) from error
        if error.status not in (302, 303, 307, 404, 405):  # the app has no login
            raise


def _read(model: type[M], content: Any, path: str) -> M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        location = ".".join(map(str, first["loc"])) or "all of it"
        raise InvalidResponse(f"its {path} is not that of a Gradio app ({location}: {first['msg']})") from None


def _remedy(error: RemoteError) -> str:
    """Return the error's text, with a remedy."""
    if not isinstance(error, RequestRefused):
        return f"{error}. Is an app of minidemo's or Gradio's running at this address?"
    if error.location is not None:
        return f"{error}. Redirections are not followed: give the address of the app itself."
    if error.status == 401:
        return "a login is needed. Give auth=(name, password)."
    return (
        f"{error}. Is it an app of minidemo's or Gradio's? Its root is wanted, without /config or the like behind it."
    )
