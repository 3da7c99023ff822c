"""Serve the calculator from an environment that has minidemo's wheel and nothing else, run the command, and measure."""

import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from urllib.request import urlopen

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "calculator.py"
LIMIT = 45 * 2**20


def main() -> str | None:
    """Return what is wrong, if something is."""
    with tempfile.TemporaryDirectory() as elsewhere:
        served = serve(elsewhere)
    subprocess.run([Path(sys.executable).with_name("minidemo"), "--version"], check=True)
    size = sum(file.stat().st_size for file in Path(sysconfig.get_path("purelib")).rglob("*") if file.is_file())
    print(f"{served} files served, {size / 2**20:.1f} MiB installed")
    return f"An install must stay below {LIMIT / 2**20:.0f} MiB." if size >= LIMIT else None


def serve(folder: str) -> int:
    """Start the example in a folder, fetch all that its page links to, and return how many files that was."""
    command = [sys.executable, "-u", str(EXAMPLE)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            return fetch(address(server))
        finally:
            server.terminate()


def address(server: "subprocess.Popen[str]") -> str:
    """Return the address that the server prints when it is ready."""
    for line in server.stdout or ():
        if match := re.search(r"http://[\w.:]+", line):
            return match[0]
    raise SystemExit(f"{EXAMPLE} ended without printing its address.")


def fetch(url: str) -> int:
    """Fetch the page, and the styles and scripts that it names; an answer other than 200 is an exception."""
    page = urlopen(url, timeout=10).read().decode()
    names = set(re.findall(r'"(static/[^"]+\.(?:css|js))"', page))
    if "</form>" not in page and "</main>" not in page:
        raise SystemExit("The page is not the demo's: are the templates in the wheel?")
    if not names:
        raise SystemExit("The page names no styles or scripts.")
    for name in names:
        urlopen(f"{url}/{name}", timeout=10).close()
    return 1 + len(names)


if __name__ == "__main__":
    sys.exit(main())
