"""The arguments of the command line."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

from minidemo import __version__
from minidemo.cli import _deletion, _example, _listing, _maintenance, _run
from minidemo.flagging.store.flag_store import STATUSES

_RUN = """Serve the demo of a script. When the script changes, or what it imports from its folder, the open page
changes with it, and what was typed there stays. What is wrong with the script is told here and on the page."""
_SOURCES = ("user", "auto", "api", "import")


class Parser(ArgumentParser):
    """Reports errors in one sentence."""

    def error(self, message: str) -> NoReturn:
        """End the program with a sentence."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> Parser:
    """Return the parser of the command; its result has a function `run`."""
    top = Parser(prog="minidemo", description="Run a demo with live reload, and manage its flags.")
    top.add_argument("--version", action="version", version=f"minidemo {__version__}")
    top.set_defaults(run=partial(_help, top))
    commands = top.add_subparsers(metavar="COMMAND", parser_class=Parser)
    serving = commands.add_parser("run", help="serve a demo while it is written", description=_RUN)
    serving.set_defaults(run=_run.run)
    _add_run(serving)
    example = commands.add_parser("example", help="write an example's script into the working directory")
    example.add_argument("name", metavar="NAME", choices=_example.NAMES, help=", ".join(_example.NAMES))
    example.set_defaults(run=_example.write)
    flags = commands.add_parser("flags", help="list, show, check, delete and import flags")
    flags.set_defaults(run=partial(_help, flags))
    actions = flags.add_subparsers(metavar="COMMAND", parser_class=Parser)

    for name, add, run, help in _ACTIONS:
        action = actions.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
        action.set_defaults(run=run)
        add(action)
    return top


def _add_run(parser: Parser) -> None:
    parser.add_argument("script", metavar="SCRIPT", type=Path, help="the script that makes the demo")
    parser.add_argument("--demo", metavar="NAME", help="its name in the script, where there are several")
    parser.add_argument("--host", metavar="ADDRESS", help="the address to listen on (default: what the script says)")
    parser.add_argument("--port", metavar="PORT", type=_port, help="the port (default: what the script says)")


def _add_list(parser: Parser) -> None:
    _add_directory(parser)
    _add_conditions(parser)
    parser.add_argument("--status", choices=STATUSES, help="only flags with this review status")
    parser.add_argument("--source", choices=_SOURCES, help="only flags from this source")
    parser.add_argument("--limit", type=_count, default=50, metavar="N", help="the last N, or 0 for all (default: 50)")
    parser.add_argument("--json", action="store_true", help="everything, as JSON Lines")


def _add_show(parser: Parser) -> None:
    parser.add_argument("flag", metavar="ROW", help="the number of its row, or its id")
    _add_directory(parser)
    parser.add_argument("--json", action="store_true", help="as a JSON object")


def _add_doctor(parser: Parser) -> None:
    _add_directory(parser)
    parser.add_argument("--repair", action="store_true", help="put right what can be")


def _add_delete(parser: Parser) -> None:
    _add_directory(parser)
    _add_conditions(parser)
    parser.add_argument("--id", action="append", dest="ids", metavar="ID", help="this flag; may be given several times")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _add_import(parser: Parser) -> None:
    parser.add_argument("source", metavar="SRC", type=Path, help="the directory that holds the CSV file")
    _add_directory(parser)
    parser.add_argument(
        "--columns", type=_names, default=(), metavar="A,B,C", help="the labels, for a log without a header"
    )


def _add_directory(parser: Parser) -> None:
    where = "the demo's flagging_dir (default: flagged)"
    parser.add_argument("directory", metavar="DIR", nargs="?", type=Path, default=Path("flagged"), help=where)


def _add_conditions(parser: Parser) -> None:
    parser.add_argument("--user", metavar="NAME", help="only flags of this user")
    parser.add_argument("--session", metavar="ID", help="only flags of this visit")
    parser.add_argument(
        "--before", type=_moment, metavar="TIME", help="only flags from before, such as 2026-03-31 or 2026-03-31T18:00"
    )


def _help(parser: Parser, options: Namespace) -> int:
    parser.print_help()
    return 0


def _moment(text: str) -> datetime:
    """Return a time; without a zone it is local time."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise ArgumentTypeError(f"{text!r} is no date; expected one such as 2026-03-31 or 2026-03-31T18:00") from None


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is no number; expected one such as 50, or 0 for all")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**16:
        raise ArgumentTypeError(f"{text!r} is no port; expected a number such as 7860, or 0 for any that is free")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


_ACTIONS: tuple[tuple[str, Callable[[Parser], None], Callable[[Namespace], int], str], ...] = (
    ("list", _add_list, _listing.list_flags, "list flags, the newest last"),
    ("show", _add_show, _listing.show_flag, "show everything about one flag"),
    ("doctor", _add_doctor, _maintenance.doctor, "check that all flags and files are there and whole"),
    ("delete", _add_delete, _deletion.delete, "remove flags for good"),
    ("import", _add_import, _maintenance.import_flags, "add the flags of another directory, such as Gradio's"),
)
