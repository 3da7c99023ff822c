"""`minidemo run app.py`: serves a script's demo, reloaded after changes."""

import sys
import time
from argparse import Namespace

from minidemo.cli.script import Script, default_options
from minidemo.content import temporary
from minidemo.interfaces.demo import Demo
from minidemo.interfaces.launch import LaunchSettings, told
from minidemo.layout.containers import Column
from minidemo.page.page import Page
from minidemo.server.reloading import Reloading
from minidemo.utils.failures import propagates

POLL_SECONDS = 0.25
"""Seconds between two checks of the files."""


def run(options: Namespace) -> int:
    """Serve until Ctrl-C."""
    script, app = Script(options.script, name=options.demo), Reloading()
    launch_options = _load(script, app, options) or _serve_error_page(script, app, options)
    serving = launch_options.serve(app)
    options.host = launch_options.server_name  # whatever the script says later
    try:
        for line in told(launch_options, serving):
            _say(line)
        _say(f"Watching {script.title}. Press Ctrl-C to stop.")
        with temporary.removed_on_sigterm():
            while True:
                time.sleep(POLL_SECONDS)
                if script.has_changed() and _load(script, app, options):
                    _say(f"Loaded {script.title} again.")
    except KeyboardInterrupt:
        _say("Stopping.")
    finally:
        serving.stop()
    return 0


def _load(script: Script, app: Reloading, options: Namespace) -> LaunchSettings | None:
    """Serve what the script makes now; say what is wrong with it otherwise."""
    try:
        demo, launch_options = script.load()
        launch_options.listen_on(options.host, options.port)
        app.serve(demo.page, launch_options.app, shows_errors=launch_options.is_private)
    except BaseException as error:
        if propagates(error):
            raise
        message = script.explain(error)
        print(message, file=sys.stderr, flush=True)
        app.fail(message)
        return None
    return launch_options


def _serve_error_page(script: Script, app: Reloading, options: Namespace) -> LaunchSettings:
    """Serve a page that says what is wrong with the script, as long as there is no other."""
    demo = Demo(Page(Column(), endpoints=[], title=script.title))
    launch_options, wrong = default_options(demo), app.error
    launch_options.listen_on(options.host, options.port)
    app.serve(demo.page, launch_options.app, shows_errors=launch_options.is_private)
    app.fail(wrong)
    return launch_options


def _say(line: str) -> None:
    print(line, flush=True)
