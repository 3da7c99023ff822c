"""`minidemo flags doctor` and `minidemo flags import`."""

from argparse import Namespace

from minidemo.cli._looking import opened
from minidemo.cli._text import count, plain, say
from minidemo.flagging.store import FlagStore


def doctor(options: Namespace) -> int:
    """Say what is wrong; return 1 if something is, and was not put right."""
    found = opened(options.directory).doctor(repair=options.repair)
    for finding in found:
        say(f"{finding.kind}: {plain(finding.detail)}{' Repaired.' if finding.repaired else ''}")
    left = [finding for finding in found if finding.kind != "aside" and not finding.repaired]
    if left and not options.repair:
        say(f"{count(len(left), 'finding')}. --repair puts right what can be.")
    elif left:
        say(f"{count(len(left), 'finding')} cannot be put right.")
    else:
        say(f"{options.directory} is healthy.")
    return 1 if left else 0


def adopt(options: Namespace) -> int:
    """Import flags, and say how many."""
    flags = FlagStore(options.directory).adopt(options.source, columns=options.columns)
    say(f"Imported {count(flags, 'flag')} from {options.source} into {options.directory}.")
    return 0
