"""`minidemo flags doctor` and `minidemo flags import`."""

from argparse import Namespace

from minidemo.cli._listing import open_store
from minidemo.cli._text import count_phrase, escape_controls, print_line
from minidemo.flagging.store import FlagStore


def doctor(options: Namespace) -> int:
    """Print the findings; return 1 if some are not repaired."""
    findings = open_store(options.directory).doctor(repair=options.repair)
    for finding in findings:
        print_line(f"{finding.kind}: {escape_controls(finding.detail)}{' Repaired.' if finding.repaired else ''}")
    unrepaired = [finding for finding in findings if finding.kind != "aside" and not finding.repaired]
    if unrepaired and not options.repair:
        print_line(f"{count_phrase(len(unrepaired), 'finding')}. --repair puts right what can be.")
    elif unrepaired:
        print_line(f"{count_phrase(len(unrepaired), 'finding')} cannot be put right.")
    else:
        print_line(f"{options.directory} is healthy.")
    return 1 if unrepaired else 0


def import_flags(options: Namespace) -> int:
    """Import flags, and print their number."""
    flags = FlagStore(options.directory).adopt(options.source, columns=options.columns)
    print_line(f"Imported {count_phrase(flags, 'flag')} from {options.source} into {options.directory}.")
    return 0
