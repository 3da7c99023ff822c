"""`minidemo run app.py`: serves the demo of a script, and the newest state of it."""

import sys
import time
from argparse import Namespace
from dataclasses import replace

from minidemo.cli.script import Script, default
from minidemo.interfaces.demo import Demo
from minidemo.interfaces.launch import Options, told
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


def _load(script: Script, served: Reloading, options: Namespace) -> Options | None:
    """Serve what the script makes now; say what is wrong with it otherwise."""
    try:
        demo, wanted = script.load()
        wanted = _with(wanted, options)
        served.serve(demo.page, wanted.settings)
    except (Exception, SystemExit) as error:
        explained = script.explain(error)
        print(explained, file=sys.stderr, flush=True)
        served.fail(explained)
        return None
    return wanted


def _stand_in(script: Script, served: Reloading, options: Namespace) -> Options:
    """Serve a page that says what is wrong with the script, as long as there is no other."""
    demo = Demo(Page(Column(), endpoints=[], title=script.title))
    wanted, wrong = _with(default(demo), options), served.error
    served.serve(demo.page, wanted.settings)
    served.fail(wrong)
    return wanted


def _with(wanted: Options, options: Namespace) -> Options:
    """Return what the script says to `launch`, with what the command says in its place."""
    name = options.host or wanted.server_name
    ports = wanted.ports if options.port is None else range(options.port, options.port + 1)
    hosts = wanted.settings.allowed_hosts
    settings = replace(wanted.settings, allowed_hosts=None if hosts is None else [*hosts, name])
    return replace(wanted, server_name=name, ports=ports, settings=settings)


def _say(line: str) -> None:
    print(line, flush=True)
