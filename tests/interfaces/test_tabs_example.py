"""Two tools on one page, made of types: examples/tabs.py."""

from examples.tabs import demo
from tests.visitor import Visitor


def test_each_tool_answers() -> None:
    visitor = Visitor(demo)
    assert visitor.predict(2, "weeks", "days", endpoint="convert").json()["data"] == [14]
    assert demo("now + 2d", "hours", 0, api_name="until") in (47, 48)


def test_the_tabs_are_called_like_the_tools() -> None:
    html = Visitor(demo).http.get("/").text
    assert ">Convert</button>" in html
    assert ">How long until</button>" in html
