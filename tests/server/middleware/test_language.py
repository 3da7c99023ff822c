"""The page speaks the language of who looks at it."""

import re

import pytest

import minidemo as gr
from minidemo.i18n import LANGUAGES
from tests.visitor import Visitor

SUBMIT = {"en": "Submit", "es": "Enviar", "fr": "Envoyer", "de": "Absenden", "zh": "提交", "ja": "送信", "ar": "إرسال"}


def demo() -> gr.Interface:
    return gr.Interface(lambda x: None, "number", "number")


def page(accept: str | None, made: gr.Interface | None = None) -> str:
    headers = {} if accept is None else {"Accept-Language": accept}
    return Visitor(made or demo()).http.get("/", headers=headers).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_spoken_to_those_who_ask_for_it(language: str) -> None:
    html = page(language)
    assert f">{SUBMIT[language]}</button>" in html
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{LANGUAGES[language].tag}" dir="{direction}">' in html


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("tlh", "en"),
        ("es-MX", "es"),
        ("ES-mx", "es"),
        ("zh-TW,zh;q=0.9", "zh"),
        ("zh-Hans-CN", "zh"),
        ("nl, fr;q=0.8, en;q=0.5", "fr"),
        ("en;q=0.5,de;q=0.9", "de"),
        ("en; q=0.4 , ja ; q=0.6", "ja"),
        ("de,fr", "de"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("de;q=0", "en"),
        ("fr;q=2, de;q=0.1", "de"),
        ("fr;q=nan, de;q=0.1", "de"),
        ("fr;q=high, de;q=0.1", "de"),
        ("fr;level=1, de;q=0.1", "de"),
        (";;;,,, ;q=1,de", "de"),
        ("x" * 5_000 + ",de", "en"),
    ],
)
def test_the_best_language_that_the_page_speaks_is_spoken(accept: str | None, language: str) -> None:
    assert f'lang="{LANGUAGES[language].tag}"' in page(accept)


def test_caches_are_told_that_another_visitor_gets_another_page() -> None:
    visitor = Visitor(demo())
    german = visitor.http.get("/", headers={"Accept-Language": "de"})
    assert german.headers["content-language"] == "de"
    assert {"Accept-Language", "Cookie"} <= set(german.headers["vary"].split(", "))
    again = visitor.http.get("/", headers={"Accept-Language": "fr", "If-None-Match": german.headers["etag"]})
    assert (again.status_code, again.headers["content-language"]) == (200, "fr")


def test_the_scripts_say_the_same_language() -> None:
    assert "{label} muss eine Zahl sein, etwa 1,5." in page("de")
    assert "{label} must be a number, such as 1.5." not in page("de")


def test_what_we_call_an_output_is_said_on_the_page_and_stays_english_for_programs() -> None:
    made = gr.Interface(lambda x: (x, x), "number", ["number", gr.Number(label="Output 1")])
    html = page("de", made)
    assert re.search(r"<label[^>]*>Ausgabe 0</label>", html)
    assert 'data-label="Ausgabe 0"' in html
    assert re.search(r"<label[^>]*>Output 1</label>", html), "which the author wrote"
    assert [component.label for component in made.page.components][1:] == ["Output 0", "Output 1"]
    assert list(made.page.endpoint(None).output_names) == ["Output 0", "Output 1"]


def test_the_form_of_a_flag_and_its_notice_are_in_the_visitors_language() -> None:
    html = page("es", gr.Interface(lambda x: None, "number", "number", flagging_comment=True, flagging_correction=True))
    assert "Nota (opcional)</label>" in html
    assert "¿Qué debería ser Resultado?</label>" in html
    assert "Note (optional)" not in html
    automatic = page("es", gr.Interface(lambda x: None, "number", "number", flagging_mode="auto"))
    assert "Todos los resultados se guardan" in automatic


def test_kinds_of_files_are_named_in_the_visitors_language() -> None:
    made = gr.Interface(lambda x: None, gr.File(file_types=["image", "video", ".csv"]), None)
    assert "Admite imágenes, vídeos o .csv" in page("es", made)
    assert "Accepts images, videos or .csv" in page("en", made)


def test_messages_and_headings_that_the_server_renders_are_in_the_visitors_language() -> None:
    heading = gr.Markdown("# Hello", header_links=True)
    made = gr.Interface(lambda x: None, "number", [gr.Chatbot([{"role": "user", "content": "Hello"}]), heading])
    for accept, you, link in (("de", "Sie:", "Link zu dieser Überschrift"), ("en", "You:", "Link to this heading")):
        html = page(accept, made)
        assert you in html
        assert f'aria-label="{link}"' in html


def test_a_lost_visitor_is_told_in_the_own_language() -> None:
    headers = {"Accept": "text/html", "Accept-Language": "fr"}
    response = Visitor(demo()).http.get("/nowhere", headers=headers)
    assert response.headers["content-language"] == "fr"
    assert LANGUAGES["fr"].texts["not_here"] in response.text
    assert "Retour à la démo" in response.text
    program = Visitor(demo()).http.get("/nowhere", headers={"Accept-Language": "fr"})
    assert program.json()["error"]["message"] == LANGUAGES["fr"].texts["not_here"]
    assert Visitor(demo()).http.get("/nowhere").json()["error"]["message"] == "Page not found."


def fail(x: float) -> float:
    gr.Info("Attention")
    gr.Warning("Attention", title="Achtung")
    raise ValueError("x")


def test_what_the_server_says_of_a_run_is_said_in_the_visitors_language() -> None:
    visitor = Visitor(gr.Interface(fail, "number", "number"), show_error=True)
    visitor.http.headers["Accept-Language"] = "de"
    events = [*visitor.events(1)]
    assert [told["title"] for name, told in events if name == "log"] == ["Hinweis", "Achtung"]
    assert events[-1][1]["message"] == "Beim Ausführen dieser Demo ist ein Fehler aufgetreten: x."
    failed = visitor.predict(1).json()
    assert failed["error"]["message"] == "Beim Ausführen dieser Demo ist ein Fehler aufgetreten: x."
    visitor.flag(failed["run"])
    [flag] = gr.FlagStore("flagged").records()
    assert flag.error == "ValueError: x"
    assert visitor.flag("no-such-run").json()["error"]["message"].startswith("Dieses Ergebnis ist abgelaufen")
