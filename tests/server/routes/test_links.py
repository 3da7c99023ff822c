"""Links to results: they show others the inputs and what came of them, and nothing that is private."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

import minidemo as gr
from minidemo.interfaces.demo import Demo
from minidemo.stores.links import ShareLinks
from tests import plain
from tests.engine.test_streaming import Tap
from tests.following import following
from tests.server.routes.test_login import Member, doors
from tests.server.routes.test_upload import png, same
from tests.visitor import Visitor

OTHER = "the-other-visitor"
GONE = "This link has expired. Ask for a new link, or submit again."


def greet(name: str) -> str:
    """Greet somebody, but not everybody."""
    if name == "Bob":
        raise gr.Error("Not him.")
    return f"Hello {name}"


def linked(fn: Any = greet, inputs: Any = "text", outputs: Any = "text", **options: Any) -> gr.Interface:
    return gr.Interface(fn, inputs, outputs, **{"deep_link": True} | options)


def link_to(http: Any, run: str, **headers: str) -> str:
    """Copy a link to a run."""
    answer = http.post("/links", json={"run": run}, headers=headers)
    assert answer.status_code == 201, answer.text
    link: str = answer.json()["link"]
    return link


def ask(http: Any, link: str, **headers: str) -> httpx2.Response:
    """Open a link as another visitor does."""
    answer: httpx2.Response = http.post(f"/links/{link}", json={"session": OTHER}, headers=headers)
    return answer


def events(response: httpx2.Response) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in response.text.split("\n\n")[:-1]]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def opened(visitor: Visitor, run: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open a link to a run that is over; return what fills the page in, and what came of the run."""
    (first, link), (_, result) = events(ask(visitor.http, link_to(visitor.http, run)))
    assert first == "link"
    return link, result


def test_a_link_shows_inputs_and_outputs_to_another_visitor() -> None:
    visitor = Visitor(linked())
    link, result = opened(visitor, visitor.predict("Ann").json()["run"])
    assert link == {"endpoint": "greet", "values": {"0": "Ann"}, "html": {}, "own": []}
    assert result["data"] == ["Hello Ann"]


def test_who_opens_a_link_gets_a_run_of_their_own() -> None:
    visitor = Visitor(linked())
    run = visitor.predict("Ann").json()["run"]
    assert visitor.flag(run).json()["row"] == 0
    _, result = opened(visitor, run)
    undone = visitor.http.post("/flag/undo", json={"run": result["run"]})
    assert undone.json()["error"]["message"].startswith("There is no such flag."), "it is another's"
    assert (visitor.flag(result["run"]).status_code, visitor.flag(run).status_code) == (201, 200)
    assert Path("flagged/logs.csv").read_text() == "name,Output\nAnn,Hello Ann\nAnn,Hello Ann\n"


def test_a_link_can_be_handed_on() -> None:
    visitor = Visitor(linked())
    _, first = opened(visitor, visitor.predict("Ann").json()["run"])
    _, second = opened(visitor, first["run"])
    assert second["data"] == ["Hello Ann"]


def test_a_link_shows_what_failed() -> None:
    visitor = Visitor(linked())
    link, error = opened(visitor, visitor.predict("Bob").json()["run"])
    assert (link["values"], error["message"]) == ({"0": "Bob"}, "Not him.")
    assert visitor.flag(error["run"]).status_code == 201


def test_files_are_for_both_to_use() -> None:
    visitor = Visitor(linked(same, gr.Image(type="pil"), "image"))
    file = visitor.upload(png()).json()
    link, result = opened(visitor, visitor.predict(file).json()["run"])
    theirs = link["values"]["0"]
    assert visitor.download(theirs).content == png()
    assert visitor.download(result["data"][0]).status_code == 200
    assert visitor.predict(theirs).status_code == 422, "a file is for its own visitor"
    visitor.session = OTHER
    assert visitor.predict(theirs).status_code == 200
    assert visitor.predict(file).status_code == 422


def test_what_the_server_renders_comes_rendered() -> None:
    visitor = Visitor(linked(lambda text: f"*{text}*", gr.Markdown(), "markdown"))
    link, result = opened(visitor, visitor.predict("**Ann**").json()["run"])
    assert "<strong>Ann</strong>" in link["html"]["0"]
    assert "Ann" in result["html"]["0"]


def test_what_is_private_is_not_shown() -> None:
    def log_in(name: str, word: str, seen: Any, kept: Any) -> tuple[str, str, Any, Any]:
        return name, f"{name}: {word}", "seen", {"word": word}

    visitor = Visitor(
        linked(
            log_in,
            ["text", gr.Textbox(type="password"), gr.State(), gr.BrowserState(flag=True)],
            ["text", gr.Textbox(type="password"), gr.State(), gr.BrowserState(flag=True)],
        )
    )
    run = visitor.predict("Ann", "pass123", {"at": "home"}).json()["run"]
    response = ask(visitor.http, link_to(visitor.http, run))
    (_, link), (_, result) = events(response)
    assert (link["values"], link["own"]) == ({"0": "Ann"}, [1, 2, 3])
    assert result["data"] == ["Ann", None, None, None]
    assert "pass123" not in response.text
    assert "home" not in response.text
    visitor.flag(result["run"])
    assert "pass123" not in Path("flagged/logs.csv").read_text()


def refused(response: httpx2.Response) -> bool:
    return response.status_code == 410 and response.json()["error"]["message"] == GONE


def test_a_demo_without_links_has_none() -> None:
    for wish in (None, False):
        visitor = Visitor(linked(deep_link=wish))
        page = visitor.http.get("/").text
        assert "mini-link" not in page
        assert "link.js" not in page
        assert visitor.http.post("/links", json={"run": visitor.predict("Ann").json()["run"]}).status_code == 404


def test_a_demo_beside_one_with_links_has_none_either() -> None:
    demo = gr.TabbedInterface([linked(deep_link=True), linked(deep_link=False)], ["Linked", "Other"])
    visitor = Visitor(demo)
    [_, other] = demo.page.endpoints
    run = visitor.predict("Ann", endpoint=other).json()["run"]
    assert refused(visitor.http.post("/links", json={"run": run}))


def test_a_link_is_no_run() -> None:
    visitor = Visitor(linked())
    run = visitor.predict("Ann").json()["run"]
    link = link_to(visitor.http, run)
    assert link_to(visitor.http, run) == link, "always the same"
    assert refused(ask(visitor.http, run))
    assert {visitor.http.get(f"/runs/{link}").status_code, visitor.flag(link).status_code} == {410}


def test_the_oldest_links_make_room() -> None:
    links = ShareLinks(max_links=2)
    made = [links.link_to(run) for run in ("a", "b", "c")]
    assert [asyncio.run(links.run_id(link)) for link in made] == ["", "b", "c"]


def test_the_links_of_the_visitor_with_the_most_make_room() -> None:
    links = ShareLinks(max_links=3)
    made = [links.link_to(run, client) for run, client in (("a", "one"), ("b", "many"), ("c", "many"), ("d", "many"))]
    assert [asyncio.run(links.run_id(link)) for link in made] == ["a", "", "c", "d"]


def test_a_link_expires_with_its_result() -> None:
    with linked(delete_cache=(0.01, 0.3)).running() as url, plain.Client(base_url=url) as client:
        link = ""
        while not link:  # on a busy machine, the first may have expired already
            run = client.post("/predict", json={"data": ["Ann"]}).json()["run"]
            link = client.post("/links", json={"run": run}).json().get("link", "")
        while not refused(ask(client, link)):
            pass
        told = ask(client, link, **{"Accept-Language": "de"}).json()["error"]["message"]
        assert told.startswith("Dieser Link ist abgelaufen")


@pytest.mark.parametrize("name", ["x", "%2e%2e", "a" * 22])
def test_an_unknown_link_has_expired(name: str) -> None:
    assert refused(ask(Visitor(linked()).http, name))


def test_a_link_is_opened_by_a_visitor() -> None:
    visitor = Visitor(linked())
    run = visitor.predict("Ann").json()["run"]
    link = link_to(visitor.http, run)
    for body in ({"session": "x"}, {"data": ["x"]}):
        assert visitor.http.post(f"/links/{link}", json=body).status_code == 422
    for place, sent in (("/links", {"run": run}), (f"/links/{link}", {})):
        assert visitor.http.post(place, json=sent, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_private_demo_is_for_its_page_alone() -> None:
    visitor = Visitor(linked(api_visibility="private"))
    here = {"Origin": str(visitor.http.base_url)}
    run = visitor.http.post("/predict", json={"data": ["Ann"]}, headers=here).json()["run"]
    link = link_to(visitor.http, run, **here)
    assert visitor.http.post("/links", json={"run": run}).status_code == 404
    assert ask(visitor.http, link).status_code == 404
    assert ask(visitor.http, link, **here).status_code == 200


def test_with_a_login_a_link_is_for_the_same_user() -> None:
    opens = doors(linked())
    ann, elsewhere, bob = (Member(opens(), *who) for who in (*[("ann", "sécret")] * 2, ("bob", "hunter2")))
    run = ann.predict("Ann").json()["run"]
    link = link_to(ann.http, run)
    assert events(ask(elsewhere.http, link))[1][1]["data"] == ["Hello Ann"]
    assert refused(ask(bob.http, link))
    assert ask(bob.http, link).content == ask(bob.http, "missing").content
    assert refused(bob.http.post("/links", json={"run": run}))


def test_a_link_to_a_call_under_way_follows_it() -> None:
    tap = Tap()

    def drip(text: str) -> Any:
        for each in tap(text):
            yield each, f"word: {each}"

    demo = linked(drip, "text", ["text", gr.Textbox(type="password")])
    with following(demo) as follower:
        first = follower.call("ab")
        tap.drops.release()
        first.until("partial")
        address = f"/links/{link_to(follower.http, first.run)}"
        with follower.http.stream("POST", address, json={"session": OTHER}) as response:
            lines = iter(response.iter_lines())
            told = [next(line for line in lines if line) for _ in range(4)]
            assert told[::2] == ["event: link", "event: partial"], "the id of the run is not told"
            assert json.loads(told[3].removeprefix("data: "))["changes"] == [[["replace", [], "ab"]], []]
            tap.drops.release(100)
            last = [line for line in lines if line][-2:]
        assert last[0] == "event: error"
        assert json.loads(last[1].removeprefix("data: "))["message"] == "That was all."


def test_the_button_may_bear_a_text() -> None:
    assert ">Share</button>" in Visitor(linked(deep_link="Share")).http.get("/").text
    page = Visitor(linked()).http.get("/", headers={"Accept-Language": "fr"}).text
    assert ">Copier le lien</button>" in page


def test_a_demo_in_a_tab_has_its_own_links() -> None:
    tabs: Demo = gr.TabbedInterface([gr.Interface(str.upper, "text", "text"), linked(), linked()])
    visitor = Visitor(tabs)
    run = visitor.predict("Ann", endpoint="greet_1").json()["run"]
    link, _ = opened(visitor, run)
    assert link["endpoint"] == "greet_1"
    assert refused(visitor.http.post("/links", json={"run": visitor.predict("a", endpoint="upper").json()["run"]}))


def test_a_mistake_shows_while_the_demo_is_built() -> None:
    wish: Any = 5
    with pytest.raises(gr.ConfigurationError) as error:
        linked(deep_link=wish)
    assert str(error.value) == "deep_link is 5; expected True, False, or the text of the button."
