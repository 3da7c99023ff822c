"""An author's script to run when the page loads."""

import re

_IGNORED_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
"""Comments and quoted text, whose brackets do not count."""
_PARAMETERS = r"\((?:[^()]|\([^()]*\))*\)"
_FUNCTION = re.compile(rf"\s*(?:async\s+)?function\b[\w\s$*]*{_PARAMETERS}\s*\{{")
_ARROW = re.compile(rf"\s*(?:async\s*)?(?:{_PARAMETERS}|[\w$]+)\s*=>\s*")


def on_load(script: str) -> str:
    """Return a script's module; a function is called, as in Gradio."""
    return f"(\n{script[: len(_plain(script))]}\n)();\n" if is_function(script) else script


def is_function(script: str) -> bool:
    """Return whether a script is a single function."""
    plain = _plain(script)
    head = _FUNCTION.match(plain) or _ARROW.match(plain)
    if head is None:
        return False
    body = plain[head.end() - 1 :] if plain[head.end() - 1] == "{" else plain[head.end() :]
    return _end(body) == len(body) if body.startswith("{") else ";" not in body


def _plain(script: str) -> str:
    """Return a script with blanks for comments and quoted text."""
    return _IGNORED_TEXT.sub(lambda match: " " * len(match[0]), script).rstrip().rstrip(";").rstrip()


def _end(body: str) -> int:
    """Return where the bracket closes that a text begins with."""
    depth = 0
    for match in re.finditer(r"[{}]", body):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return -1
