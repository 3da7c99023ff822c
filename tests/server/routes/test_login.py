"""Login: who may come in, and that nothing is to be had without."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi import Request as Asked
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

import minidemo as gr
from minidemo import FlagRecord, Interface, create_app
from minidemo.auth.login import Auth, Login
from minidemo.auth.logins import IDLE, LoginStore
from minidemo.auth.throttle import LoginThrottle
from minidemo.server import gradio
from minidemo.server.gradio_api import routes as gradio_routes
from tests import plain
from tests.visitor import Visitor

USERS = [("ann", "sécret"), ("bob", "hunter2")]
HTML = {"Accept": "text/html"}
MULTIPART = "multipart/form-data; boundary=x"


class Member(Visitor):
    """A visitor who logs in."""

    def __init__(self, client: TestClient, name: str = "", password: str = "", session: str = "session-of-all") -> None:
        self.session = session
        self.http = client
        if name:
            assert self.enter(name, password).status_code == 200

    def enter(self, name: str, password: str, **headers: str) -> Any:
        return self.http.post("/login", data={"username": name, "password": password}, headers=headers)


def doors(demo: Interface, **options: Any) -> Callable[[], TestClient]:
    """Return a function that opens one browser after the other."""
    app = create_app(demo.page, **{"auth": USERS} | options)
    return lambda: TestClient(app, raise_server_exceptions=False)


def same(**options: Any) -> Interface:
    return gr.Interface(lambda x: x, gr.Textbox(label="x"), "text", **options)


ROUTES = [
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/openapi.json"),
    ("POST", "/predict"),
    ("POST", "/flag"),
    ("POST", "/flag/undo"),
    ("POST", "/upload"),
    ("GET", "/file/x/y"),
    ("GET", "/runs/x"),
    ("POST", "/runs/x/cancel"),
    ("POST", "/links"),
    ("POST", "/links/x"),
    ("GET", "/static/x/endpoint.js"),
    ("GET", "/static/x/own/own.js"),
    ("GET", "/plots/plotly"),
    ("GET", "/examples/x"),
    ("GET", "/config"),
    ("POST", "/mcp"),
    ("GET", "/gradio_api/queue/data"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/call/x"),
    ("POST", "/run/x"),
    ("POST", "/api/x"),
    ("GET", "/nowhere"),
    ("GET", "/login/"),
    ("GET", "//login"),
    ("GET", "/LOGIN"),
    ("GET", "/predict/%2e%2e/login"),
    ("GET", "/static/x/..%2f..%2flogin"),
    ("GET", "/login%00"),
    ("GET", "/login;x"),
    ("PUT", "/login"),
    ("TRACE", "/"),
]


def answer_none(request: Asked) -> None:
    return None


async def answer_late(request: Asked) -> None:
    await asyncio.sleep(0)


KINDS: dict[str, dict[str, Any]] = {
    "pairs": {"auth": USERS},
    "pair": {"auth": ("ann", "sécret")},
    "function": {"auth": lambda name, password: True},
    "dependency": {"auth": None, "auth_dependency": answer_none},
    "async dependency": {"auth": None, "auth_dependency": answer_late},
    "wrong dependency": {"auth": None, "auth_dependency": lambda request: 7},
}


@pytest.mark.parametrize(
    ("options", "agent", "message"),
    [
        ({"auth": USERS}, "curl/8", "You are not logged in. POST username and password to /demo/login, and send the "),
        ({"auth": USERS}, "Mozilla/5.0 (X11)", "You are not logged in. Log in on this page in another tab"),
        (KINDS["dependency"], "curl/8", "You're not logged in, or you don't have access to this demo."),
    ],
)
def test_pages_and_programs_are_told_how_they_log_in(options: dict[str, Any], agent: str, message: str) -> None:
    client = TestClient(create_app(same().page, **options), root_path="/demo", headers={"User-Agent": agent})
    answer = client.post("/predict", json={"data": []})
    assert answer.status_code == 401
    assert answer.json()["error"]["message"].startswith(message)


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_without_login_every_address_is_closed(options: dict[str, Any]) -> None:
    client = doors(same(), **options)()
    for method, path in ROUTES:
        answer = client.request(method, path, headers={"Accept": "*/*"})
        assert answer.status_code == 401, (method, path)
        assert "x-minidemo" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")


def paths(routes: Sequence[Any]) -> Iterator[str]:
    """Yield the paths of routes, also of those in routers that are included."""
    for route in routes:
        included = getattr(route, "original_router", None)
        yield from paths(included.routes) if included else [route.path]


def test_no_route_is_left_out_above() -> None:
    known = {path.split("/")[1].split("%")[0] for _, path in ROUTES} | {"login", "logout"}
    app = create_app(same().page, auth=USERS, mcp_server=True)
    all_paths = [path for path in paths([*app.routes, *gradio_routes.router.routes]) if path != gradio.PLACE]
    assert {path.split("/")[1] for path in all_paths} <= known
    assert {"/predict", "/gradio_api/upload", "/mcp"} <= {*all_paths}


def test_what_an_author_makes_all_routes_depend_on_applies_to_each() -> None:
    kwargs = {"dependencies": [Depends(forbidding)], "docs_url": "/docs", "redoc_url": "/redoc"}
    client = doors(same(), auth=None, mcp_server=True, app_kwargs=kwargs)()
    routes = [*ROUTES, ("GET", "/docs"), ("GET", "/docs/oauth2-redirect"), ("GET", "/redoc")]
    statuses = {f"{method} {path}": client.request(method, path).status_code for method, path in routes}
    assert min(statuses.values()) == 403
    refused = {place for place, status in statuses.items() if status == 403}
    assert refused >= {"GET /", "GET /openapi.json", "GET /docs", "GET /redoc", "POST /predict", "POST /mcp"}


def test_what_an_author_makes_included_routes_depend_on_applies_to_them() -> None:
    app, site = create_app(same().page), FastAPI()
    site.state.minidemo = app.state.minidemo
    site.include_router(app.router, dependencies=[Depends(forbidding)])
    client = TestClient(site)
    assert client.post("/predict", json={"data": ["a"]}).status_code == 403
    assert client.get("/").status_code == 403


def test_a_person_gets_the_page_to_log_in_and_comes_to_where_it_was_asked_for() -> None:
    client = doors(same(title="Same & <same>"), auth_message="Ask **Ann** for a password.")()
    closed = client.get("/?view=api&x=<", headers=HTML)
    assert closed.status_code == 401
    assert closed.headers["cache-control"] == "no-store"
    assert "Ask <strong>Ann</strong> for a password." in closed.text
    assert 'action="./login?view=api&amp;x=' in closed.text
    assert "<script" not in closed.text
    wrong = client.post("/login?view=api", data={"username": 'a"n<n', "password": "nothing"}, headers=HTML)
    assert wrong.status_code == 401
    assert "Wrong username or password." in wrong.text
    assert 'value="a&#34;n&lt;n"' in wrong.text
    assert "nothing" not in wrong.text
    right = client.post(
        "/login?view=api", data={"username": "ann", "password": "sécret"}, headers=HTML, follow_redirects=False
    )
    assert (right.status_code, right.headers["location"]) == (303, "./?view=api")
    assert "Same &amp; &lt;same&gt;" in client.get("/").text


@pytest.mark.parametrize("path", ["//evil.com", "/\\evil.com", "/%5cevil.com", "/https:evil.com", "/login//evil.com"])
@pytest.mark.parametrize("query", ["", "?next=//evil.com", "?//evil.com", "?%0d%0aLocation:%20//evil.com", "?/../../x"])
def test_the_way_on_leads_to_no_other_place(path: str, query: str) -> None:
    client = doors(same())()
    page = client.get(f"http://testserver{path}{query}", headers=HTML)
    assert 'action="/' not in page.text
    assert 'action="http' not in page.text
    form = {"username": "ann", "password": "sécret"}
    answer = client.post(f"/login{query}", data=form, headers=HTML, follow_redirects=False)
    assert answer.headers["location"].startswith("./")
    assert answer.headers["location"].removeprefix("./")[:1] in ("", "?")


@pytest.mark.parametrize("where", ["http", "https"])
def test_the_cookie_is_for_nobody_elses_eyes(where: str) -> None:
    app = create_app(same().page, auth=USERS)
    client = TestClient(app, base_url=f"{where}://demo.example.org")
    answer = client.post("/login", data={"username": "ann", "password": "sécret"})
    assert answer.json() == {"success": True}
    parts = answer.headers["set-cookie"].split("; ")
    name, _, token = parts[0].partition("=")
    assert len(token) >= 43, "256 bits"
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(parts)
    assert ("Secure" in parts) == name.startswith("__Host-") == (where == "https")
    assert not any(part.startswith(("Domain", "Max-Age", "Expires")) for part in parts)
    assert client.get("/").headers["cache-control"] == "no-store"
    style = next(line for line in client.get("/").text.splitlines() if 'rel="stylesheet"' in line).split('"')[3]
    assert client.get(style).headers["cache-control"].startswith("public"), "it is the same for all"


def test_each_login_has_a_token_of_its_own_and_the_one_before_is_worth_nothing() -> None:
    client = doors(same())()
    tokens = []
    for _ in range(2):
        client.post("/login", data={"username": "ann", "password": "sécret"})
        tokens.append(dict(client.cookies))
    [(name, first)] = tokens[0].items()
    assert tokens[1] != tokens[0]
    client.cookies.clear()
    assert client.get("/", headers={"Cookie": f"{name}={first}"}).status_code == 401
    assert client.get("/", headers={"Cookie": f"{name}={tokens[1][name]}"}).status_code == 200
    assert client.get("/", headers={"Cookie": f"{name}={tokens[1][name]}x"}).status_code == 401


def test_logging_out_ends_the_login_on_the_server() -> None:
    opens = doors(same())
    ann, other = Member(opens(), "ann", "sécret"), Member(opens(), "ann", "sécret")
    kept = dict(ann.http.cookies)
    page = ann.http.get("/").text
    assert "<span>ann</span>" in page
    assert "Log out" in page
    left = ann.http.post("/logout", headers=HTML, follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, "./")
    assert not ann.http.cookies
    [(name, token)] = kept.items()
    assert ann.http.get("/", headers={"Cookie": f"{name}={token}"}).status_code == 401
    assert other.http.get("/").status_code == 200, "another browser stays"
    assert other.http.post("/logout").json() == {"success": True}


SENDERS: list[dict[str, str]] = [
    {},
    HTML,
    HTML | {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"},
    HTML | {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
]


@pytest.mark.parametrize("headers", SENDERS)
def test_no_link_and_no_picture_logs_out(headers: dict[str, str]) -> None:
    """A click on a link in an output is the request of a person, too."""
    ann = Member(doors(same(title="Same & <same>"))(), "ann", "sécret")
    asked = ann.http.get("/logout?x", headers=headers, follow_redirects=False)
    assert (asked.status_code, asked.headers["referrer-policy"]) == (200, "same-origin")
    assert '<form class="card" method="post" action="./logout">' in asked.text
    assert "Same &amp; &lt;same&gt;" in asked.text
    assert ann.http.get("/").status_code == 200
    assert ann.http.post("/logout", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert ann.http.get("/").status_code == 401


def test_another_site_does_not_log_out() -> None:
    ann = Member(doors(same())(), "ann", "sécret")
    assert ann.http.post("/logout", headers={"Origin": "https://evil.com"}).status_code == 403
    assert ann.http.get("/").status_code == 200


def test_another_sites_form_does_not_log_in() -> None:
    answer = Member(doors(same())()).enter("ann", "sécret", Origin="https://evil.com")
    assert answer.status_code == 403


def failing(name: str, password: str) -> bool:
    raise RuntimeError("no database")


async def late(name: str, password: str) -> bool:
    await asyncio.sleep(0)
    return name == "ann"


def handed_on(name: str, password: str) -> Awaitable[bool]:
    return late(name, password)


class Directory:
    async def __call__(self, name: str, password: str) -> bool:
        return name == "ann"


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        (lambda name, password: name == "ann", 200),
        (lambda name, password: True, 200),
        (lambda name, password: numpy.bool(True), 200),
        (late, 200),
        (handed_on, 200),
        (Directory(), 200),
        (lambda name, password: False, 401),
        (lambda name, password: None, 401),
        (lambda name, password: "", 401),
        (lambda name, password: 0, 401),
        (lambda name, password: 1, 401),
        (lambda name, password: 1.0, 401),
        (lambda name, password: numpy.bool(False), 401),
        (lambda name, password: numpy.array([True]), 401),
        (lambda name, password: "yes", 401),
        (lambda name, password: object(), 401),
        (failing, 500),
    ],
)
def test_a_function_may_decide_who_comes_in(auth: Any, status: int) -> None:
    ann = Member(doors(same(), auth=auth)())
    assert ann.enter("ann", "x").status_code == status
    assert ann.http.get("/").status_code == (200 if status == 200 else 401)
    if auth in (late, handed_on):
        assert Member(doors(same(), auth=auth)()).enter("bob", "x").status_code == 401


@pytest.mark.parametrize(
    ("name", "password"),
    [("ann", "secret"), ("ann", ""), ("", ""), ("", "sécret"), ("bob", "sécret"), ("eve", "x"), ("ann\0", "sécret")],
)
def test_what_is_wrong_is_wrong(name: str, password: str) -> None:
    assert Member(doors(same())()).enter(name, password).status_code == 401


@pytest.mark.parametrize(
    ("body", "mime", "status"),
    [
        (b'{"username": "ann"}', "application/json", 415),
        (b"x" * 9000, "application/x-www-form-urlencoded", 413),
        (b"a=1&" * 100, "application/x-www-form-urlencoded", 422),
        (b"x", "multipart/form-data", 422),
        (b"--x\r\n" + b'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\n' * 11, MULTIPART, 422),
        (b"--x\r\n" + b"x" * 9000, MULTIPART, 413),
        (b"--x--\r\n", MULTIPART, 401),
        (b"\xff=\xff", "application/x-www-form-urlencoded", 401),
        (b"username=" + b"a" * 300 + b"&password=x", "application/x-www-form-urlencoded", 401),
    ],
)
def test_a_form_that_is_none_is_refused(body: bytes, mime: str, status: int) -> None:
    answer = doors(same(), auth=lambda name, password: True)().post(
        "/login", content=body, headers={"Content-Type": mime}
    )
    assert answer.status_code == status


def test_a_form_of_the_other_type_will_do_as_gradios_client_for_javascript_sends_it() -> None:
    door = doors(same(), auth=("ann", "pass"))
    fields = {"username": (None, "ann"), "password": (None, "pass")}
    answer = door().post("/login", files=fields)
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert "=" not in answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert door().post("/login", files=fields | {"password": (None, "word")}).status_code == 401


def test_who_guesses_has_to_wait() -> None:
    client = doors(same())()
    tries = [client.post("/login", data={"username": f"user{i}", "password": "x"}) for i in range(11)]
    assert [answer.status_code for answer in tries] == [401] * 10 + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 61
    page = client.post("/login", data={"username": "ann", "password": "sécret"}, headers=HTML)
    assert page.status_code == 429, "even with the right one"
    assert "Too many attempts. Please wait a minute" in page.text


def test_who_logs_in_often_does_not_have_to_wait() -> None:
    opens = doors(same())
    for _ in range(12):
        Member(opens(), "ann", "sécret")


def login_at(auth: Auth, clock: Callable[[], float]) -> Login:
    return Login(auth, logins=LoginStore(clock), throttle=LoginThrottle(clock))


def user(login: Login, token: str | None) -> str | None:
    return asyncio.run(login.user(token))


def test_guesses_are_forgotten_after_a_minute_and_logins_after_a_week() -> None:
    now = [0.0]
    login = login_at(("ann", "sécret"), lambda: now[0])

    def enter(name: str, password: str, address: str = "here") -> str | None:
        return asyncio.run(login.log_in(name, password, address))

    for _ in range(10):
        assert enter("ann", "x") is None
    with pytest.raises(Exception, match="Too many attempts"):
        enter("ann", "sécret")
    assert enter("ann", "sécret", "elsewhere") is not None, "others do not wait"
    now[0] += 60
    token = enter("ann", "sécret")
    assert user(login, token) == "ann"
    now[0] += IDLE
    assert user(login, token) == "ann"
    now[0] += IDLE + 1
    assert user(login, token) is None
    assert user(login, token) is None


def test_a_name_that_many_guess_at_is_closed_for_a_while() -> None:
    login = login_at(("ann", "sécret"), lambda: 0.0)
    for i in range(100):
        assert asyncio.run(login.log_in("ann", "x", f"address {i}")) is None
    with pytest.raises(Exception, match="Too many attempts"):
        asyncio.run(login.log_in("ann", "x", "another address"))


def test_a_flood_of_logins_ends_those_of_its_user_alone() -> None:
    login = Login(lambda name, password: True, logins=LoginStore(max_logins=20), throttle=LoginThrottle(lambda: 0.0))

    async def flood() -> tuple[str | None, ...]:
        bob, first = await login.log_in("bob", "x", "0"), await login.log_in("ann", "x", "0")
        last = None
        for i in range(30):
            last = await login.log_in("ann", "x", str(i))
        return bob, first, last

    assert [user(login, token) for token in asyncio.run(flood())] == ["bob", None, "ann"]


@pytest.mark.parametrize(
    "auth", [[], "ann", ("ann",), [("ann", "x", "y")], [("ann", 7)], [("", "x")], {"ann": "x"}, 7, [["ann", ""]]]
)
def test_auth_that_is_none_is_told_without_telling_passwords(auth: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match="expected a pair") as error:
        create_app(same().page, auth=auth)
    assert "'x'" not in str(error.value)


def test_auth_and_a_dependency_do_not_go_together() -> None:
    with pytest.raises(gr.ConfigurationError, match="Both auth and auth_dependency"):
        create_app(same().page, auth=USERS, auth_dependency=answer_none)
    with pytest.raises(gr.ConfigurationError, match="auth_dependency is 'ann'; expected a function"):
        create_app(same().page, auth_dependency="ann")  # type: ignore[arg-type]


def test_the_name_gets_to_the_function_and_into_the_flag() -> None:
    kept: list[FlagRecord] = []

    def greet(x: str, request: gr.Request) -> str:
        return f"{x}, {request.username}"

    opens = doors(gr.Interface(greet, "text", "text", flagging_callback=kept.append))
    ann = Member(opens(), "ann", "sécret")
    assert ann.result("Hello") == ["Hello, ann"]
    ann.flag(ann.predict("Hi").json()["run"])
    assert [record.username for record in kept] == ["ann"]
    nobody = Visitor(gr.Interface(greet, "text", "text"))
    assert nobody.result("Hello") == ["Hello, None"]


def test_what_one_user_has_another_does_not_see(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("out")
    demo = gr.Interface(lambda file: out, gr.File(), "file")
    opens = doors(demo)
    ann, bob = Member(opens(), "ann", "sécret"), Member(opens(), "bob", "hunter2")
    sent = ann.upload(b"mine", "mine.txt", "text/plain").json()
    answer = ann.predict(sent).json()
    run, [shown] = answer["run"], answer["data"]
    for file in (sent, shown):
        assert ann.download(file).status_code == 200
        assert bob.download(file).content == bob.download({"path": "missing/mine.txt"}).content
    assert bob.predict(sent).json()["error"]["field"] == "file"
    assert bob.http.get(f"/runs/{run}").content == bob.http.get("/runs/missing").content
    assert ann.http.get(f"/runs/{run}").status_code == 200
    assert bob.flag(run).content == bob.flag("missing").content
    assert bob.http.post("/flag/undo", json={"run": run}).status_code == 410
    assert ann.flag(run).status_code == 201
    again = Member(opens(), "ann", "sécret")
    assert again.download(sent).text == "mine", "the same user at another desk"


def test_a_call_under_way_is_its_users() -> None:
    def count() -> Any:
        yield "one"
        go_on.wait(60)

    go_on = threading.Event()
    demo = gr.Interface(count, None, "text", flagging_mode="never")
    with demo.running(auth=USERS) as url:
        ann, bob = plain.Client(base_url=url), plain.Client(base_url=url)
        for client, (name, password) in zip((ann, bob), USERS, strict=True):
            client.post("login", data={"username": name, "password": password})
        body: dict[str, list[str]] = {"data": []}
        with ann.stream("POST", "predict", json=body, headers={"Accept": "text/event-stream"}) as stream:
            lines = stream.iter_lines()
            run = next(line for line in lines if "run" in line and line.startswith("data")).split('"')[3]
            assert bob.post(f"runs/{run}/cancel").status_code == 410
            assert bob.get(f"runs/{run}").status_code == 410
            assert ann.post(f"runs/{run}/cancel").status_code == 202
            go_on.set()
        ann.close()
        bob.close()


def test_the_state_of_one_user_is_not_that_of_another_who_knows_the_session() -> None:
    def count(x: str, seen: int) -> tuple[str, int]:
        return f"{x} {seen}", seen + 1

    opens = doors(gr.Interface(count, ["text", gr.State(0)], ["text", gr.State()], flagging_mode="never"))
    ann, bob = Member(opens(), "ann", "sécret"), Member(opens(), "bob", "hunter2")
    assert [ann.result("x")[0], ann.result("x")[0], bob.result("x")[0]] == ["x 0", "x 1", "x 0"]


def by_header(request: Asked) -> str | None:
    return request.headers.get("x-user")


def forbidding(request: Asked) -> str | None:
    raise HTTPException(403, "Not for you.")


def test_an_application_of_ones_own_knows_who_it_is() -> None:
    client = doors(same(), auth=None, auth_dependency=by_header)()
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 401
    assert "access to this demo" in answer.text
    assert "<form" not in answer.text
    page = client.get("/", headers={"X-User": "ann"}).text
    assert "<span>ann</span>" in page
    assert "Log out" not in page
    assert client.get("/login", headers={"X-User": "ann"}).status_code == 404
    refused = doors(same(), auth=None, auth_dependency=forbidding)().get("/")
    assert (refused.status_code, refused.json()["error"]["message"]) == (403, "Not for you.")


def test_without_login_there_is_none() -> None:
    visitor = Visitor(same())
    assert visitor.http.get("/login").status_code == 404
    assert visitor.http.post("/logout").status_code == 404
    assert "Log out" not in visitor.http.get("/").text


def test_the_page_to_log_in_speaks_the_visitors_language_and_needs_but_its_style() -> None:
    client = doors(same(), theme="soft", css="h1 { color: red }")()
    assert "Anmelden" in client.get("/login", headers=HTML | {"Accept-Language": "de"}).text
    page = client.get("/login", headers=HTML | {"Accept-Language": "ar"}).text
    styles = [line.split('"')[3] for line in page.splitlines() if 'rel="stylesheet"' in line]
    assert len(styles) == 5
    assert {client.get(style).status_code for style in styles} == {200}
    assert client.get("/plots/plotly/0").status_code == 200


def test_a_web_socket_is_not_opened() -> None:
    for client in (doors(same())(), Member(doors(same())(), "ann", "sécret").http):
        with pytest.raises(WebSocketDisconnect):
            client.websocket_connect("/").__enter__()


def test_the_server_may_start_and_stop_with_a_login() -> None:
    seen: list[str] = []
    kwargs = {"on_startup": [lambda: seen.append("up")], "on_shutdown": [lambda: seen.append("down")]}
    with doors(same(), app_kwargs=kwargs)() as client:
        assert client.get("/").status_code == 401
    assert seen == ["up", "down"]


def test_launch_asks_for_a_login() -> None:
    with same().running(auth=("ann", "sécret"), auth_message="Hello") as url:
        assert plain.get(url).status_code == 401
        with plain.Client(base_url=url) as ann:
            ann.post("login", data={"username": "ann", "password": "sécret"})
            assert ann.get("").status_code == 200


def test_people_who_are_logged_in_stay_so_where_a_function_is_asked_again() -> None:
    login = Login(lambda name, password: True)
    token = asyncio.run(login.log_in("ann", "sécret", "here"))
    again, other = Login(lambda name, password: True), Login(("ann", "other"))
    again.continue_from(login)
    other.continue_from(login)
    assert (user(again, token), user(other, token)) == ("ann", None)
