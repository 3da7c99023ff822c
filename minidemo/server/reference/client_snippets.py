"""Code snippets for Gradio's clients, and for curl in two steps."""

import json
import shlex
from typing import Any

from minidemo.endpoints.endpoint import Endpoint
from minidemo.server.reference.literals import File, Snippet, literal

PREFIX = "gradio_api"


def client_snippets(endpoint: Endpoint, url: str, arguments: dict[str, Any], files: list[File]) -> list[Snippet]:
    """Return the snippets for arguments by name; `url` is the page's."""
    return [
        Snippet(language="Python, with gradio_client", text=_python(endpoint, url, arguments, files)),
        Snippet(language="JavaScript, with @gradio/client", text=_javascript(endpoint, url, arguments, files)),
        Snippet(language="curl, in two steps", text=_curl(endpoint, url, [*arguments.values()], files)),
    ]


def _python(endpoint: Endpoint, url: str, arguments: dict[str, Any], files: list[File]) -> str:
    imports = "Client, handle_file" if files else "Client"
    values = [f"    {name}={literal(value, 'python', _file_call)},\n" for name, value in arguments.items()]
    return (
        f"from gradio_client import {imports}\n\n"
        f"client = Client({json.dumps(url)})\n"
        "result = client.predict(\n" + "".join(values) + f'    api_name="/{endpoint.name}",\n)\nprint(result)'
    )


def _javascript(endpoint: Endpoint, url: str, arguments: dict[str, Any], files: list[File]) -> str:
    imports = "Client, handle_file" if files else "Client"
    values = [f"  {name}: {literal(value, 'javascript', _file_call)},\n" for name, value in arguments.items()]
    return (
        f'import {{ {imports} }} from "@gradio/client";\n\n'
        f"const client = await Client.connect({json.dumps(url)});\n"
        f'const result = await client.predict("/{endpoint.name}", {{\n' + "".join(values) + "});\n"
        "console.log(result.data);"
    )


def _curl(endpoint: Endpoint, url: str, data: list[Any], files: list[File]) -> str:
    """Return two commands as in Gradio's guide, linked by the event's id."""
    extract = "awk -F'\"' '{print $%d}'"
    upload = f"curl -s {shlex.quote(f'{url}{PREFIX}/upload')} -F"
    uploads = [f"{file.variable}=$({upload} {shlex.quote(f'files=@{file.name}')} | {extract % 2})\n" for file in files]
    body = json.dumps({"data": data}, ensure_ascii=False, default=lambda file: {"path": f"\0{file.variable}\0"})
    quoted_body = shlex.quote(body)
    for file in files:
        quoted_body = quoted_body.replace(f"\\u0000{file.variable}\\u0000", f"'\"${file.variable}\"'")
    call = shlex.quote(f"{url}{PREFIX}/call/{endpoint.name}")
    return (
        "".join(uploads) + f"event=$(curl -s {call} -H 'Content-Type: application/json' \\\n"
        f"  -d {quoted_body} | {extract % 4})\n"
        f'curl -sN {call}/"$event"'
    )


def _file_call(file: File) -> str:
    return f"handle_file({json.dumps(file.name)})"
