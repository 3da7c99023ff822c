"""Where a demo lies: mounted in an application, or below a path of a proxy's."""

from collections.abc import Callable

import pytest
from fastapi import Depends, FastAPI, HTTPException
from starlette.testclient import TestClient
from starlette.types import ASGIApp

import minidemo as gr


def picture() -> gr.Interface:
    return gr.Interface(lambda im: im, gr.Image(type="pil"), gr.Image())


def mounted() -> ASGIApp:
    return gr.mount_app(FastAPI(), picture(), "/sub/demo")


def mounted_by_hand() -> ASGIApp:
    site = FastAPI()
    site.mount("/sub/demo", picture().app)
    return site


@pytest.mark.parametrize("make", [mounted, mounted_by_hand])
def test_addresses_of_files_lead_to_them(make: Callable[[], ASGIApp]) -> None:
    client = TestClient(make(), base_url="http://example.org:8000")
    assert client.get("/sub/demo/config").json()["api_prefix"] == "/gradio_api"
    content = gr.Image().example().read()
    (path,) = client.post("/sub/demo/gradio_api/upload", files={"files": ("a.png", content)}).json()
    (out,) = client.post("/sub/demo/run/predict", json={"data": [{"path": path}]}).json()["data"]
    assert out["url"].startswith("http://example.org:8000/sub/demo/gradio_api/file=")
    assert client.get(out["url"]).headers["content-type"] == "image/png"


@pytest.mark.parametrize("place", ["config", "gradio_api/info", "run/predict", "gradio_api/call/predict"])
def test_what_an_author_makes_all_routes_depend_on_is_asked_of_programs_too(place: str) -> None:
    said: list[bool] = []

    def lets_in() -> None:
        if not said:
            raise HTTPException(403)

    client = TestClient(gr.create_app(picture().page, app_kwargs={"dependencies": [Depends(lets_in)]}))
    method = "POST" if "predict" in place else "GET"
    assert client.request(method, f"/{place}", json={"data": [None]}).status_code == 403
    said.append(True)
    assert client.request(method, f"/{place}", json={"data": [None]}).status_code == 200
