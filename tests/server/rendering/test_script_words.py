"""A page carries the words that its scripts may say, and no others."""

import json
import re

import minidemo as gr
from minidemo.i18n import ENGLISH
from tests.visitor import Visitor


def words(*components: str) -> set[str]:
    page = Visitor(gr.Interface(lambda *values: None, list(components), None)).http.get("/").text
    config = re.search(r'<script type="application/json" id="config">(.*?)</script>', page, re.DOTALL)
    assert config
    said: dict[str, str] = json.loads(config[1])["words"]
    assert said.items() <= ENGLISH.items()
    return set(said)


def test_each_page_has_the_words_of_its_buttons_and_errors() -> None:
    assert {"must_be_number", "running", "flag_undone", "server_back"} <= words("number")


def test_the_words_of_a_component_come_with_it() -> None:
    assert "picture_loaded" in words("image") - words("number")
    assert "no_camera" in words("image"), "which a module says that is loaded when the camera is wanted"
    assert {"chat_user", "chat_assistant"} <= words("chatbot") - words("number"), "which are named after a role"
