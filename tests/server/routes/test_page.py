"""GET / and the static files."""

import json
import re
from pathlib import Path

import pytest

import minidemo as gr
from minidemo import Interface
from tests.visitor import Visitor


def build() -> Interface:
    return gr.Interface(
        lambda name: f"Hello {name}",
        gr.Textbox(label="name", value="Ada"),
        "text",
        title="Greeter",
        description="# About\n\nSays **hello** <em>there</em>. <script>alert(1)</script>",
        article="| a | b |\n|---|---|\n| 1 | 2 |",
    )


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(build())


def test_the_page_is_readable_before_any_script_runs(visitor: Visitor) -> None:
    html = visitor.http.get("/").text
    assert "<title>Greeter</title>" in html
    assert "<h1>Greeter</h1>" in html
    assert "Ada" in html
    for word in ("name", "Output", "Submit", "Clear", "Flag"):
        assert word in html


def test_description_and_article_are_markdown_with_safe_html_below_the_title(visitor: Visitor) -> None:
    html = visitor.http.get("/").text
    assert "<h2>About</h2>" in html
    assert "<strong>hello</strong> <em>there</em>" in html
    assert "<table>" in html
    assert "alert(1)" not in html


HOSTILE = "</script><script>alert(1)</script><!--\"'&{{7*7}}"


def test_words_of_the_author_stay_words() -> None:
    demo = gr.Interface(
        lambda a, b: a,
        [gr.Textbox(HOSTILE, label=HOSTILE, info=HOSTILE, placeholder=HOSTILE), gr.Radio([HOSTILE])],
        gr.Label(label=HOSTILE),
        title=HOSTILE,
        flagging_options=[HOSTILE],
    )
    html = Visitor(demo).http.get("/").text
    assert "<script>alert(1)" not in html
    assert "49" not in re.sub(r"static/\w+/", "", html)


def test_the_config_says_what_the_scripts_need(visitor: Visitor) -> None:
    html = visitor.http.get("/").text
    found = re.search(r'<script type="application/json" id="config">(.*?)</script>', html, re.DOTALL)
    assert found
    config = json.loads(found[1])
    [endpoint] = config["endpoints"]
    assert endpoint["name"] == "predict"
    assert [field["name"] for field in endpoint["inputs"] + endpoint["outputs"]] == ["name", "Output"]
    assert endpoint["flag"] == {"mode": "manual", "options": [], "comment": None, "corrections": []}
    assert config["max_file_size"] == 100 * 2**20
    for field in endpoint["inputs"] + endpoint["outputs"]:
        assert f'id="{field["id"]}"' in html


def test_an_unchanged_page_is_not_sent_again(visitor: Visitor) -> None:
    first = visitor.http.get("/")
    again = visitor.http.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_callable_value_is_asked_for_each_visitor() -> None:
    numbers = iter(range(10))
    visitor = Visitor(gr.Interface(lambda x: x, gr.Number(lambda: next(numbers), label="x"), "number"))
    pages = [visitor.http.get("/").text for _ in range(2)]
    assert 'value="0"' in pages[0]
    assert 'value="1"' in pages[1]


def test_whether_it_runs_can_be_asked_without_the_page(visitor: Visitor) -> None:
    response = visitor.http.head("/")
    assert (response.status_code, response.content) == (200, b"")


def test_static_files_are_kept_for_good_under_an_address_of_their_own(visitor: Visitor) -> None:
    addresses = re.findall(r'(?:href|src)="(static/[^"]+)"', visitor.http.get("/").text)
    assert any(address.endswith("/endpoint.js") for address in addresses)
    for address in addresses:
        response = visitor.http.get("/" + address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["content-encoding"] == "gzip"
        assert response.headers["content-type"].startswith(("text/javascript", "text/css", "image/svg+xml"))


def test_an_old_address_serves_the_new_file_but_is_not_kept(visitor: Visitor) -> None:
    response = visitor.http.get("/static/older/endpoint.js", headers={"Accept-Encoding": "identity"})
    assert response.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in response.headers
    assert response.text == (Path(gr.__file__).parent / "static" / "endpoint.js").read_text()


def test_only_the_worker_that_runs_webassembly_may_do_so(visitor: Visitor) -> None:
    policies = {
        name: visitor.http.get(f"/static/x/{name}").headers["content-security-policy"]
        for name in ("vendor/draco.js", "vendor/three.js", "widgets/model3d.js", "widgets/model3d-worker.js")
    }
    assert policies.pop("vendor/draco.js") == "default-src 'none'; script-src 'wasm-unsafe-eval'"
    assert {*policies.values()} == {visitor.http.get("/").headers["content-security-policy"]}


def test_whoever_takes_no_gzip_gets_the_page_as_it_is(visitor: Visitor) -> None:
    response = visitor.http.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in response.headers
    assert "<h1>Greeter</h1>" in response.text


@pytest.mark.parametrize(
    "name",
    [
        "../errors.py",
        "%2e%2e/errors.py",
        "..%2ferrors.py",
        "types.d.ts",
        "/etc/passwd",
        "",
        ".",
        "endpoint.js/x",
        "DEMO.JS",
    ],
)
def test_nothing_but_the_static_files_is_served(visitor: Visitor, name: str) -> None:
    assert visitor.http.get(f"/static/x/{name}").status_code == 404


def test_a_person_gets_a_page_that_leads_home(visitor: Visitor) -> None:
    response = visitor.http.get("/some/old/link", headers={"Accept": "text/html,*/*"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "Page not found." in response.text
    assert 'href="../../"' in response.text


def test_no_request_goes_to_another_host(visitor: Visitor) -> None:
    html = visitor.http.get("/").text
    links = re.findall(r'(?:src|href|action)="(https?:|//)[^"]*"', html)
    assert links == []


def test_the_api_of_examples_is_described_where_there_are_some() -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text", examples=["a"]))
    assert "/examples/{endpoint}/{index}" in visitor.http.get("/openapi.json").json()["paths"]


def test_the_api_is_described(visitor: Visitor) -> None:
    document = visitor.http.get("/openapi.json").json()
    runs = {"/predict", "/runs/{run}", "/runs/{run}/cancel"}
    assert set(document["paths"]) == runs | {"/flag", "/flag/undo", "/upload", "/file/{token}/{name}"}
    body = document["paths"]["/predict"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/PredictRequest"}
    assert set(document["components"]["schemas"]["PredictRequest"]["properties"]) == {"data", "session", "endpoint"}
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document)))
    assert named <= set(document["components"]["schemas"])
    [token, name] = document["paths"]["/file/{token}/{name}"]["get"]["parameters"]
    assert (token["name"], name["name"], token["in"]) == ("token", "name", "path")
