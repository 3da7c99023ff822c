"""`minidemo run app.py`: serves the demo of a script, and the newest state of it."""

import sys
import time
from argparse import Namespace

from minidemo.cli.script import Script, default
from minidemo.interfaces.demo import Demo
from minidemo.interfaces.launch import LaunchSettings, told
from minidemo.layout.containers import Column
from minidemo.page.page import Page
from minidemo.server.reloading import Reloading
from minidemo.server.serving import Serving, bind

PAUSE = 0.25
"""How many seconds lie between two looks at the files."""


def run(options: Namespace) -> int:
    """Serve until Ctrl-C."""
    script, served = Script(options.script, name=options.demo), Reloading()
    wanted = _load(script, served, options) or _stand_in(script, served, options)
    sock = bind(wanted.server_name, wanted.ports)
    serving = Serving(served, sock, certificate=wanted.certificate)
    serving.start()
    try:
        for line in told(wanted, serving):
            _say(line)
        _say(f"Watching {script.title}. Press Ctrl-C to stop.")
        while True:
            time.sleep(PAUSE)
            if script.has_changed() and _load(script, served, options):
                _say(f"Loaded {script.title} again.")
    except KeyboardInterrupt:
        _say("Stopping.")
    finally:
        serving.stop()
    return 0


def _load(script: Script, served: Reloading, options: Namespace) -> LaunchSettings | None:
    """Serve what the script makes now; say what is wrong with it otherwise."""
    try:
        demo, wanted = script.load()
        wanted.listen_on(options.host, options.port)
        served.serve(demo.page, wanted.app)
    except (Exception, SystemExit) as error:
        explained = script.explain(error)
        print(explained, file=sys.stderr, flush=True)
        served.fail(explained)
        return None
    return wanted


def _stand_in(script: Script, served: Reloading, options: Namespace) -> LaunchSettings:
    """Serve a page that says what is wrong with the script, as long as there is no other."""
    demo = Demo(Page(Column(), endpoints=[], title=script.title))
    wanted, wrong = default(demo), served.error
    wanted.listen_on(options.host, options.port)
    served.serve(demo.page, wanted.app)
    served.fail(wrong)
    return wanted


def _say(line: str) -> None:
    print(line, flush=True)
