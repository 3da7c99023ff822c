"""Texts and values that break writers and readers."""

from collections.abc import Sequence

from benchmarks.faults import goals, readback
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import PLAIN, unprivileged
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally
from tests.corpora import FORMULAS, TEXTS

HOSTILE = list(dict.fromkeys([*FORMULAS, *TEXTS]))
COLUMNS = (*PLAIN, ("text", "a"), ("text", "b"))
PLACES = ("a", "b", "flag", "username")


@scenario(
    *(
        "ST-35",
        "hostile text: values, reasons, users, names of files, labels",
        len(HOSTILE),
        "texts, every 16th as label",
    ),
    daily=len(HOSTILE),
    gradio=len(HOSTILE),
)
def hostile_text(arena: Arena, size: int) -> Tally:
    """Store hostile texts in two columns, as reason, user and name of a file, and some as labels; read them back."""
    tally, texts, user = Tally(), HOSTILE[:size], unprivileged(arena.subject)
    case = arena.case()
    columns = (*COLUMNS, ("file", "file"))
    values = [[f"w.{i}", i, text, text, [_file(case, i), text]] for i, text in enumerate(texts)]
    case.flag(count=size, columns=columns, values=values, given=[(text, text) for text in texts], user=user)
    compare(case, tally, texts, PLACES)
    around = {path.name for path in case.place.iterdir()} - {"flagged", "said", "sent", "given"}
    tally.expect(not around, f"something lies outside: {around}")
    case.judge(tally, recover=False)
    labels = arena.case()
    for i, text in enumerate(texts[::16]):  # a label makes a log of its own
        labels.flag(name="label", first=i, columns=(*PLAIN, ("text", text)), user=user)
    labels.recover(tally, columns=PLAIN)
    tally.add(goals.check(labels.folder, labels.said, arena.subject, media=lambda _: False))
    return tally


def _file(case: Case, i: int) -> str:
    """Write a file that says the token of a flag, and return where it is."""
    path = case.place / "given" / f"{i}.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"w.{i}", encoding="ascii")
    return str(path)


def compare(case: Case, tally: Tally, texts: Sequence[str], places: Sequence[str]) -> None:
    """Count texts that are not read back, cells that a spreadsheet may run, and refusals of what can be written."""
    subject = case.crew.subject
    rows = {row["token"]: row for row in readback.lines(case.folder, subject)}
    for i, text in enumerate(texts):
        row = rows.get(f"w.{i}")
        if row is None:
            tally.expect(_is_half(text), "a text was refused")
            continue
        read = readback.decoded(row, subject)
        tally.expect(all(read[place] == text for place in places), "a text is read back as another")
        tally.expect(not any(readback.may_run(row[place]) for place in places), "a spreadsheet would run a cell")


def _is_half(text: str) -> bool:
    """Tell whether a text holds half a character, which may be refused."""
    return text.encode(errors="replace").decode() != text


LENGTHS = (131_071, 131_073, 2**20, 10 * 2**20)


@scenario("ST-36", "huge cells", 4, "lengths from 131,071 to 10 MB, 10 flags after each", daily=4, gradio=4)
def huge_cells(arena: Arena, size: int) -> Tally:
    """Store a huge text; ten ordinary flags after it must be stored in any case."""
    tally = Tally()
    for length in LENGTHS[:size]:
        case = arena.case()
        text = "long," * (length // 5) + "x" * (length % 5)
        case.flag(columns=COLUMNS, values=[["w.0", 0, text, ""]])
        if case.said.acks:
            compare(case, tally, [text], ["a"])
        later = [[f"after.{i}", i, "", ""] for i in range(10)]
        after = case.flag(name="after", count=10, columns=COLUMNS, values=later)
        tally.expect(len(after) == 10, "later flags were refused")
        case.judge(tally, columns=COLUMNS)
    return tally


HALVES = [
    *("\ud800", "\udfff", "a\ud800", "\udc00b", "\ud800\ud800", "\udc00\ud800", "\ud83d", "\ude00", "x\udcffy"),
    *("\\ud800", "\\\\ud800", "\\\ud800", "=\ud800", "\ud800=1", "\ud800\n", '"\udc80"', "\udce4\udcf6", "\0\ud800"),
    *("\ud800\\udc00", "\\ud83d\ude00"),
]


@scenario("ST-37", "lone surrogates, bytes that are no UTF-8", 20, "texts", daily=20, gradio=20)
def lone_surrogates(arena: Arena, size: int) -> Tally:
    """Store halves of characters beside a picture; each is refused whole, or read back as it was."""
    tally, case, texts = Tally(), arena.case(), HALVES[:size]
    columns = (*PLAIN, ("image", "im"), ("text", "a"))
    for i, text in enumerate(texts):
        case.flag(columns=columns, first=i, extra={"a": text})
    compare(case, tally, texts, ["a"])
    broken = sum(refusal.kind not in ("InputError", "ValueError", "OSError") for refusal in case.said.refusals)
    tally.expect(not broken, "an error that is no answer: " + ", ".join({one.kind for one in case.said.refusals}))
    case.judge(tally, columns=columns)
    return tally


EDGES = [
    *("\0", "a\0b", "\ufeff", "\ufeffa", "a\ufeff", "\u2028", "a\u2029b", "\v", "a\fb", "\r", "a\rb", "\r\n", "\n\r"),
    *('"', '""', '"""', 'a"b', '"a"', '",', ',"', '"\n"', '"\r"', '\\"', "\\", "\\n", "'", "''", "`"),
    *(",", ",,", ";", "\t", "|", " ", "  ", " a", "a ", "\n", "\n\n", "a\n", "\na", "a\n\nb", "#", "# a", "//", "--"),
    *(
        "NA",
        "NaN",
        "nan",
        "null",
        "None",
        "N/A",
        "",
        "inf",
        "-inf",
        "1e400",
        "0x10",
        "1_000",
        "00",
        "-0",
        "+0",
        "1.",
        ".5",
    ),
    *("\x1a", "\x1b[0m", "\x7f", "\x85", "\u00a0", "\u200b", "\ufffe", "\U0010ffff", "True", "2026-01-01"),
]


@scenario("ST-38", "edge cases of CSV", len(EDGES), "texts, 3 readers", daily=len(EDGES), gradio=len(EDGES))
def edges_of_csv(arena: Arena, size: int) -> Tally:
    """Store what readers differ in; csv, pandas and a plain reader of RFC 4180 must see the same rows."""
    tally, case, texts = Tally(), arena.case(), EDGES[:size]
    columns = (*PLAIN, ("text", "a"), ("text", "b"))
    case.flag(count=len(texts), columns=columns, values=[[f"w.{i}", i, text, text] for i, text in enumerate(texts)])
    compare(case, tally, texts, ["a", "b"])
    tally.expect(readback.agree(case.folder, arena.subject), "readers see different cells")
    case.judge(tally, columns=columns)
    return tally


MARKS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF)]
BIDI = [text for mark in MARKS for text in (mark, f"a{mark}b")]


@scenario("ST-39", "bidi and zero-width marks", len(BIDI), "texts", daily=len(BIDI), gradio=len(BIDI))
def bidi(arena: Arena, size: int) -> Tally:
    """Store marks that nobody sees; they are stored to the bit."""
    tally, case, texts = Tally(), arena.case(), BIDI[:size]
    case.flag(count=len(texts), columns=COLUMNS, values=[[f"w.{i}", i, text, text] for i, text in enumerate(texts)])
    compare(case, tally, texts, ["a", "b"])
    case.judge(tally, columns=COLUMNS)
    return tally
