"""Loading: a demo around an app that runs elsewhere."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from minidemo.errors import ConfigurationError
from minidemo.interfaces.interface import Interface
from minidemo.remote.app import Remote, app_at
from minidemo.remote.function import RemoteFunction
from minidemo.remote.link import Link
from minidemo.utils.checks import is_number
from minidemo.utils.sizes import FileSize, bytes_of

_SOURCES = ("src", "accept_token", "provider")
_OURS = ("fn", "inputs", "outputs", "additional_inputs", "api_description", "batch", "executor")
_TIMEOUT = 60.0


def load(
    url: str,
    src: object = None,
    token: str | None = None,
    *,
    api_name: str | None = None,
    auth: tuple[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = _TIMEOUT,
    max_file_size: str | int | None = None,
    **options: Any,
) -> Interface:
    """Return an `Interface` around an app of minidemo's or of Gradio 4.44, 5 or 6 that runs at a URL.

    Its inputs, outputs, title and texts are those of the remote page, and a call here is a call there: with the
    visitor's own session, so that the app remembers each of them. `api_name` names one of several endpoints, `auth`
    is (name, password) for the app's login. `token` is sent as the bearer token of a Space, and `headers` are sent
    as well; to the app's host, and to no other. An app that gives no sign of life for `timeout` seconds counts as
    gone. No answer and no file may have more than `max_file_size` bytes, or "5mb"; 100 MB without.

    `options` are arguments of `Interface`, such as `title` and `flagging_dir`. Raises `ConfigurationError` if the app
    cannot be loaded: it says what was got, and what to do.
    """
    _refuse_sources(url, {"src": src} | options)
    _refuse_ours(options)
    _require_client()
    limit = 100 * FileSize.MB if max_file_size is None else bytes_of(max_file_size, "max_file_size")
    sent, seconds = _headers(headers, token), _seconds(timeout)
    app = app_at(Link(_address(url), headers=sent, auth=_pair(auth), timeout=seconds, limit=limit))
    return _around(app.endpoint(api_name), options)


def _around(remote: Remote, options: Mapping[str, Any]) -> Interface:
    description, article = remote.app.texts
    said = {"title": remote.app.title, "description": description, "article": article, "concurrency_limit": None}
    return Interface(
        RemoteFunction(remote),
        [field.component for field in remote.fields.inputs],
        [field.component for field in remote.fields.outputs],
        api_description=remote.description or False,
        **{**said, **options},
    )


def _refuse_sources(url: str, given: Mapping[str, object]) -> None:
    for name in _SOURCES:
        if given.get(name):
            host = str(url).removeprefix("spaces/").replace("/", "-").lower()
            raise ConfigurationError(
                f"load got {name}={given[name]!r:.60}, but it takes an app that runs, by its address. "
                f"That of the Space {url!r:.60} is mostly 'https://{host:.60}.hf.space'; models have none."
            )


def _refuse_ours(options: Mapping[str, object]) -> None:
    for name in _OURS:
        if name in options:
            raise ConfigurationError(f"load got {name}=…, but that comes from the remote app. Leave it out.")


def _require_client() -> None:
    if find_spec("httpx2") is None:
        raise ConfigurationError("load needs an HTTP client, httpx2. Run: pip install 'minidemo[remote]'.")


def _address(url: str) -> str:
    import httpx2  # noqa: PLC0415  # an extra, imported only where it is used

    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ConfigurationError(
            f"load got {url!r:.200}; expected the address of a running app, such as 'http://localhost:7860'. "
            "That of a Space owner/name is 'https://owner-name.hf.space'."
        )
    try:
        parts, _ = httpx2.URL(url), urlsplit(url).port
    except (httpx2.InvalidURL, ValueError) as error:
        raise ConfigurationError(f"load got the address {url!r:.200}, which is none: {error}.") from None
    if parts.userinfo:
        raise ConfigurationError("load got an address with a name before the host. Give auth=(name, password) instead.")
    if not parts.host or parts.query or parts.fragment:
        raise ConfigurationError(f"load got the address {url!r:.200}; expected a host and at most a path behind it.")
    return url.rstrip("/")


def _headers(headers: Mapping[str, str] | None, token: str | None) -> dict[str, str]:
    found = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
    for name, value in found.items():
        if not isinstance(value, str) or not (name + value).isascii() or not (name + value).isprintable():
            raise ConfigurationError(f"load got the header {name!r:.60}, whose name or value is no plain ASCII text.")
    return found


def _pair(auth: tuple[str, str] | None) -> tuple[str, str] | None:
    if auth is None:
        return None
    if not isinstance(auth, tuple | list) or len(auth) != 2 or not all(isinstance(each, str) for each in auth):
        raise ConfigurationError("load got an auth that is no pair of texts; expected (name, password).")
    return auth[0], auth[1]


def _seconds(timeout: float) -> float:
    if not is_number(timeout, above=0):
        raise ConfigurationError(f"load got timeout={timeout!r:.60}; expected seconds above 0, such as 60.")
    return float(timeout)
