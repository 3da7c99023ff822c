"""How a program calls an endpoint as those of Gradio are called: by Gradio's clients, and by curl in two steps."""

import json
import shlex
from typing import Any

from minidemo.endpoints.endpoint import Endpoint
from minidemo.server.reference.literals import File, Snippet, literal

PREFIX = "gradio_api"


def client_snippets(endpoint: Endpoint, url: str, named: dict[str, Any], files: list[File]) -> list[Snippet]:
    """Return the programs for values by the names of their inputs; `url` is that of the page."""
    return [
        Snippet(language="Python, with gradio_client", text=_python(endpoint, url, named, files)),
        Snippet(language="JavaScript, with @gradio/client", text=_javascript(endpoint, url, named, files)),
        Snippet(language="curl, in two steps", text=_curl(endpoint, url, [*named.values()], files)),
    ]


def _python(endpoint: Endpoint, url: str, named: dict[str, Any], files: list[File]) -> str:
    imports = "Client, handle_file" if files else "Client"
    values = [f"    {name}={literal(value, 'python', _handled)},\n" for name, value in named.items()]
    return (
        f"from gradio_client import {imports}\n\n"
        f"client = Client({json.dumps(url)})\n"
        "result = client.predict(\n" + "".join(values) + f'    api_name="/{endpoint.name}",\n)\nprint(result)'
    )


def _javascript(endpoint: Endpoint, url: str, named: dict[str, Any], files: list[File]) -> str:
    imports = "Client, handle_file" if files else "Client"
    values = [f"  {name}: {literal(value, 'javascript', _handled)},\n" for name, value in named.items()]
    return (
        f'import {{ {imports} }} from "@gradio/client";\n\n'
        f"const client = await Client.connect({json.dumps(url)});\n"
        f'const result = await client.predict("/{endpoint.name}", {{\n' + "".join(values) + "});\n"
        "console.log(result.data);"
    )


def _curl(endpoint: Endpoint, url: str, data: list[Any], files: list[File]) -> str:
    """Return commands of the form that Gradio's guide has: the first gives an id, by which the second reads."""
    cut = "awk -F'\"' '{print $%d}'"
    upload = f"curl -s {shlex.quote(f'{url}{PREFIX}/upload')} -F"
    uploads = [f"{file.variable}=$({upload} {shlex.quote(f'files=@{file.name}')} | {cut % 2})\n" for file in files]
    body = json.dumps({"data": data}, ensure_ascii=False, default=lambda file: {"path": f"\0{file.variable}\0"})
    quoted = shlex.quote(body)
    for file in files:
        quoted = quoted.replace(f"\\u0000{file.variable}\\u0000", f"'\"${file.variable}\"'")
    call = shlex.quote(f"{url}{PREFIX}/call/{endpoint.name}")
    return (
        "".join(uploads) + f"event=$(curl -s {call} -H 'Content-Type: application/json' \\\n"
        f"  -d {quoted} | {cut % 4})\n"
        f'curl -sN {call}/"$event"'
    )


def _handled(file: File) -> str:
    return f"handle_file({json.dumps(file.name)})"
