"""TabbedInterface: several demos on one page."""

import re
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from tests.visitor import Visitor


def add(a: float, b: float) -> float:
    return a + b


def greet(name: str) -> str:
    return f"Hello {name}"


def tabbed(**options: Any) -> gr.TabbedInterface:
    demos = [gr.Interface(add), gr.Interface(greet), gr.Interface(add, title="Sum", description="Adds *numbers*.")]
    return gr.TabbedInterface(demos, **{"tab_names": ["Add", "Greet", "Sum"]} | options)


def flag(visitor: Visitor, endpoint: str, *data: object) -> None:
    run = visitor.predict(*data, endpoint=endpoint).json()["run"]
    assert visitor.flag(run).status_code == 201


def test_each_function_can_be_called_by_a_name_of_its_own() -> None:
    demo = tabbed()
    assert [*demo.page.endpoints] == ["add", "greet", "add_1"]
    visitor = Visitor(demo)
    assert visitor.predict("Ada", endpoint="greet").json()["data"] == ["Hello Ada"]
    assert visitor.predict(1, 2, endpoint="add_1").json()["data"] == [3]
    assert demo("Ada", api_name="greet") == "Hello Ada"
    assert demo(1, 2) == 3


def test_a_name_is_given_once_whatever_the_author_chose() -> None:
    demos = [gr.Interface(add, api_name=name) for name in ("add", "add", "add_1")]
    assert [*gr.TabbedInterface(demos).page.endpoints] == ["add", "add_1", "add_1_1"]


def test_the_page_has_a_tab_for_each() -> None:
    html = Visitor(tabbed(title="Tools")).http.get("/").text
    assert "<h1>Tools</h1>" in html
    tabs = re.findall(r'role="tab" id="([^"]+)" aria-controls="([^"]+)" aria-selected="(\w+)"[^>]*>([^<]+)<', html)
    assert tabs == [
        ("tab-add-tab", "tab-add", "true", "Add"),
        ("tab-greet-tab", "tab-greet", "false", "Greet"),
        ("tab-sum-tab", "tab-sum", "false", "Sum"),
    ]
    panels = re.findall(r'role="tabpanel" id="([^"]+)" aria-labelledby="([^"]+)"( hidden)?', html)
    assert panels == [
        ("tab-add", "tab-add-tab", ""),
        ("tab-greet", "tab-greet-tab", " hidden"),
        ("tab-sum", "tab-sum-tab", " hidden"),
    ]
    assert html.count('data-action="submit" data-endpoint="add_1"') == 1
    assert html.count("tabs.js") == 1


def test_a_page_without_tabs_loads_no_script_for_them() -> None:
    assert "tabs.js" not in Visitor(gr.Interface(add)).http.get("/").text


def test_title_and_texts_of_a_demo_stand_in_its_tab() -> None:
    html = Visitor(tabbed(tab_names=["Add", "Greet", "Other"])).http.get("/").text
    assert "<h2>Sum</h2>" in html
    assert "Adds <em>numbers</em>." in html
    assert "<h2>" not in Visitor(tabbed()).http.get("/").text, "a title that is the label is not said twice"


def test_an_article_stands_below() -> None:
    html = Visitor(gr.TabbedInterface([gr.Interface(greet, article="By **me**.")])).http.get("/").text
    assert html.index(">Flag<") < html.index("By <strong>me</strong>.")


def test_without_names_the_tabs_are_called_like_the_demos() -> None:
    demo = gr.TabbedInterface([gr.Interface(add), gr.Interface(greet, title="Greeter")])
    assert demo.page.title == "Add · Greeter"


def test_tabs_of_the_same_name_are_told_apart() -> None:
    html = Visitor(tabbed(tab_names=["日本", "日本", "!?"])).http.get("/").text
    assert re.findall(r'role="tabpanel" id="([^"]+)"', html) == ["tab-日本", "tab-日本.2", "tab"]


class TestFlags:
    def test_each_demo_has_a_folder_of_its_own(self) -> None:
        visitor = Visitor(tabbed())
        flag(visitor, "add", 1, 2)
        flag(visitor, "greet", "Ada")
        flag(visitor, "add_1", 3, 4)
        flag(visitor, "add", 5, 6)
        assert Path("flagged/add/logs.csv").read_text() == "a,b,Output\n1,2,3\n5,6,11\n"
        assert Path("flagged/greet/logs.csv").read_text() == "name,Output\nAda,Hello Ada\n"
        assert Path("flagged/add_1/logs.csv").read_text() == "a,b,Output\n3,4,7\n"
        assert not Path("flagged/logs.csv").exists()

    def test_a_folder_that_one_demo_has_alone_stays(self) -> None:
        demos = [
            gr.Interface(add, flagging_dir="sums"),
            gr.Interface(greet),
            gr.Interface(greet, flagging_mode="never", api_name="wave"),
        ]
        visitor = Visitor(gr.TabbedInterface(demos))
        flag(visitor, "add", 1, 2)
        flag(visitor, "greet", "Ada")
        assert Path("sums/logs.csv").exists()
        assert Path("flagged/logs.csv").exists()

    def test_one_demo_takes_flags_and_another_does_not(self) -> None:
        demos = [gr.Interface(add, flagging_mode="never"), gr.Interface(greet, flagging_options=["wrong"])]
        visitor = Visitor(gr.TabbedInterface(demos))
        run = visitor.predict(1, 2, endpoint="add").json()["run"]
        assert visitor.flag(run).status_code == 404
        run = visitor.predict("Ada", endpoint="greet").json()["run"]
        assert visitor.flag(run, "wrong").status_code == 201


def test_a_demo_in_a_tab_can_still_be_served_alone() -> None:
    demo = gr.Interface(add, api_name="sum")
    gr.TabbedInterface([gr.Interface(greet, api_name="sum"), demo])
    assert Visitor(demo).result(1, 2) == [3]
    assert [*demo.page.endpoints] == ["sum"]
    assert 'data-endpoint="sum"' in Visitor(demo).http.get("/").text


def test_tabs_may_lie_in_tabs() -> None:
    inner = gr.TabbedInterface([gr.Interface(add), gr.Interface(greet)], ["Add", "Greet"], "Inner")
    demo = gr.TabbedInterface([inner, gr.Interface(add)], ["Inner", "Add"])
    visitor = Visitor(demo)
    assert visitor.predict(1, 2, endpoint="add_1").json()["data"] == [3]
    assert visitor.http.get("/").text.count('role="tablist"') == 2


def test_the_page_is_as_wide_as_the_widest() -> None:
    assert gr.TabbedInterface([gr.Interface(add, fill_width=True), gr.Interface(greet)]).page.fill_width
    assert not tabbed().page.fill_width


def test_a_component_is_in_one_tab() -> None:
    box = gr.Textbox(label="name")
    with pytest.raises(gr.ConfigurationError, match="name is in two tabs"):
        gr.TabbedInterface([gr.Interface(greet, box, "text"), gr.Interface(greet, box, "text")])


def test_a_callback_is_of_one_tab() -> None:
    logger = gr.CSVLogger()
    demos = [gr.Interface(fn, flagging_callback=logger) for fn in (add, greet)]
    with pytest.raises(gr.ConfigurationError, match="Two tabs have the same flagging_callback"):
        gr.TabbedInterface(demos)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"interface_list": []}, "interface_list is empty; expected at least one interface."),
        ({"interface_list": gr.Interface(add)}, "expected a list of interfaces."),
        ({"interface_list": [add]}, "expected a list of interfaces."),
        ({"interface_list": [gr.Interface(add)] * 2}, "interface_list has an interface twice."),
        ({"tab_names": ["Add"]}, "tab_names has 1 names, but there are 3 interfaces."),
        ({"tab_names": "Add"}, "tab_names is 'Add'; expected a list with a name for each tab."),
        ({"tab_names": ["Add", "", "Sum"]}, "tab_names is ['Add', '', 'Sum']; expected a list with a name"),
        ({"titel": "Tools"}, "TabbedInterface got an unknown argument 'titel'. Did you mean 'title'?"),
    ],
)
def test_mistakes_show_while_the_demo_is_built(arguments: dict[str, Any], said: str) -> None:
    demos = [gr.Interface(add), gr.Interface(greet), gr.Interface(add)]
    with pytest.raises(gr.ConfigurationError) as error:
        gr.TabbedInterface(**{"interface_list": demos} | arguments)
    assert said in str(error.value)
