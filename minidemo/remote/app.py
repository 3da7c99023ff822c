"""App: a remote app, and what it says about itself."""

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.remote.fields import Fields, fields_of
from minidemo.remote.link import Garbled, Link, Refused, RemoteFault
from minidemo.remote.wire import Config, Dependency, Described, Info

PROTOCOLS = ("sse_v2", "sse_v2.1", "sse_v3")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, kw_only=True, slots=True)
class App:
    """A remote app: its `link`, where its API lies, and its page."""

    link: Link
    config: Config
    info: Info

    @property
    def prefix(self) -> str:
        """What the paths of its API begin with."""
        return self.config.api_prefix or ""

    @property
    def title(self) -> str | None:
        """What its page is called; "Gradio" is what one is called whose author said nothing."""
        return None if self.config.title in (None, "", "Gradio") else self.config.title

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """What its page says above the inputs and at its end, in Markdown."""
        config = self.config
        used = {id for each in config.dependencies for id in (*each.inputs, *each.outputs)}
        first = next((i for i, part in enumerate(config.components) if part.id in used), len(config.components))
        above, below = config.description, config.article
        for i, part in enumerate(config.components if config.mode == "interface" else ()):
            text = part.props.get("value")
            if part.type == "markdown" and part.id not in used and isinstance(text, str) and text[:3] != "<h1":
                above, below = (above or text, below) if i < first else (above, below or text)
        return above, below

    def endpoint(self, name: str | None) -> "Remote":
        """Return the endpoint of a name, or the only one there is; raise `ConfigurationError`."""
        names = [each.removeprefix("/") for each in self.info.named_endpoints]
        if name is None and len(names) != 1:
            listed = ", ".join(f"{each!r}" for each in names)
            found = f"has several endpoints ({listed})" if names else "offers no endpoint by a name"
            raise self._fault(f"it {found}. Say which one: load({self.link.url!r}, api_name=…).")
        wanted = names[0] if name is None else name.removeprefix("/")
        for place, dependency in enumerate(self.config.dependencies):
            if dependency.api_name == wanted and dependency.api_visibility != "private":
                return self._remote(wanted, place, dependency)
        raise self._fault(f"it has no endpoint {wanted!r}. {did_you_mean(wanted, names)}")

    def _remote(self, name: str, place: int, dependency: Dependency) -> "Remote":
        described = self.info.named_endpoints.get(f"/{name}", Described())
        try:
            fields = fields_of(self.config, dependency, described)
        except Garbled as error:
            raise self._fault(f"{error}.") from None
        return Remote(
            app=self,
            name=name,
            number=place if dependency.id is None else dependency.id,
            description=described.description or None,
            fields=fields,
            diffs=dependency.types.get("connection") != "stream",
        )

    def _fault(self, what: str) -> ConfigurationError:
        return ConfigurationError(f"The app at {self.link.url} cannot be loaded: {what}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """An endpoint of a remote app; `diffs` says that values which go on come as what has changed of them."""

    app: App
    name: str
    number: int
    description: str | None
    fields: Fields
    diffs: bool


def app_at(link: Link) -> App:
    """Ask an app what it is; raise `ConfigurationError`, which says what went wrong and what to do."""
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
    except RemoteFault as error:
        raise ConfigurationError(f"The app at {url} cannot be loaded: {_remedy(error)}") from error
    return App(link=link, config=config, info=info)


def _log_in(link: Link, name: str) -> None:
    try:
        link.log_in()
    except Refused as error:
        if error.status in (400, 401, 403):
            raise ConfigurationError(
                f"The app at {link.url} cannot be loaded: it does not let {name!r} in with this password. "
                "Check auth=(name, password)."
            ) from error
        if error.status not in (302, 303, 307, 404, 405):  # it has no login, so that nobody need log in
            raise


def _read(model: type[M], said: Any, path: str) -> M:
    try:
        return model.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "all of it"
        raise Garbled(f"its {path} is not that of a Gradio app ({where}: {first['msg']})") from None


def _remedy(error: RemoteFault) -> str:
    """Say what went wrong, and what to do about it."""
    if not isinstance(error, Refused):
        return f"{error}. Is an app of minidemo's or Gradio's running at this address?"
    if error.location is not None:
        return f"{error}. Redirections are not followed: give the address of the app itself."
    if error.status == 401:
        return "a login is needed. Give auth=(name, password)."
    return (
        f"{error}. Is it an app of minidemo's or Gradio's? Its root is wanted, without /config or the like behind it."
    )
