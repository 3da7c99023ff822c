"""Code snippets that call an endpoint, with curl, Python and JavaScript."""

import json
import shlex
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from minidemo.components.base import Component, Held
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.server.gradio_api.defaults import parameter_name
from minidemo.server.reference.client_snippets import client_snippets
from minidemo.server.reference.literals import File, Snippet, literal

SESSION = "my-session"
"""Session of the snippets, as uploads belong to one session."""


def snippets(endpoint: Endpoint, url: str) -> list[Snippet]:
    """Return snippets with example values; `url` is the page's."""
    files: list[File] = []
    arguments = {
        parameter_name(endpoint, i): _with_files(_example(component), files)
        for i, component in enumerate(endpoint.inputs)
        if not component.stays
    }
    data = [*arguments.values()]
    return [
        Snippet(language="curl", text=_curl(endpoint, url, data, files)),
        Snippet(language="Python", text=_python(endpoint, url, data, files)),
        Snippet(language="JavaScript", text=_javascript(endpoint, url, data, files)),
        *client_snippets(endpoint, url, arguments, files),
    ]


def _example(component: Component) -> Held:
    """Return the author's initial value if sendable, or an example."""
    if component.takes_files or callable(component.value) or component.value is None:
        return component.example()
    return component.initial()


def _curl(endpoint: Endpoint, url: str, data: list[Any], files: list[File]) -> str:
    uploads = [
        f"{file.variable}=$(curl -s {shlex.quote(_upload(url, file))} --data-binary @{shlex.quote(file.name)})\n"
        for file in files
    ]
    body = json.dumps(_body(endpoint, data, files), ensure_ascii=False, default=lambda file: f"\0{file.variable}\0")
    quoted_body = shlex.quote(body)
    for file in files:  # the shell expands no variables in single quotes
        quoted_body = quoted_body.replace(f'"\\u0000{file.variable}\\u0000"', f"'\"${file.variable}\"'")
    head = f"curl -s {shlex.quote(url + 'predict')} -H 'Content-Type: application/json'"
    return "".join(uploads) + f"{head} \\\n  -d {quoted_body}"


def _python(endpoint: Endpoint, url: str, data: list[Any], files: list[File]) -> str:
    uploads = [
        f'with open({json.dumps(file.name)}, "rb") as source:\n'
        f"    {file.variable} = json.load(urlopen({json.dumps(_upload(url, file))}, source.read()))\n"
        for file in files
    ]
    return (
        "import json\nfrom urllib.request import Request, urlopen\n\n"
        + "".join(uploads)
        + f"body = {literal(_body(endpoint, data, files), 'python', attrgetter('variable'))}\n"
        f"request = Request({json.dumps(url + 'predict')}, json.dumps(body).encode(), "
        '{"Content-Type": "application/json"})\n'
        'print(json.load(urlopen(request))["data"])'
    )


def _javascript(endpoint: Endpoint, url: str, data: list[Any], files: list[File]) -> str:
    head = 'import { readFile } from "node:fs/promises";\n\n' if files else ""
    uploads = []
    for file in files:
        request = f'{{ method: "POST", body: await readFile({json.dumps(file.name)}) }}'
        upload_call = f"await fetch({json.dumps(_upload(url, file))}, {request})"
        uploads.append(f"const {file.variable} = await ({upload_call}).json();\n")
    return (
        head
        + "".join(uploads)
        + f"const body = {literal(_body(endpoint, data, files), 'javascript', attrgetter('variable'))};\n"
        f"const response = await fetch({json.dumps(url + 'predict')}, {{\n"
        '  method: "POST",\n  headers: { "Content-Type": "application/json" },\n  body: JSON.stringify(body),\n});\n'
        "console.log((await response.json()).data);"
    )


def _body(endpoint: Endpoint, data: list[Any], files: list[File]) -> dict[str, Any]:
    """Return the request body, with a session if it has files."""
    return {"endpoint": endpoint.name, "data": data} | ({"session": SESSION} if files else {})


def _upload(url: str, file: File) -> str:
    return f"{url}upload?name={file.name}&session={SESSION}"


def _with_files(value: Held, files: list[File]) -> Any:
    """Return a value with a placeholder for each file."""

    def name(media: Media) -> File:
        suffix = PurePosixPath(media.name).suffix
        files.append(File(f"file{len(files) or ''}", f"example{len(files) or ''}{suffix}"))
        return files[-1]

    return map_tree(value, Media, name)
