"""The command `minidemo example`: a first demo without a clone."""

from pathlib import Path

import pytest

from minidemo.cli import main


def test_an_example_is_written_and_never_over_another_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["example", "calculator"]) == 0
    script = Path("calculator.py")
    assert "demo.launch()" in script.read_text(encoding="utf-8")
    assert capsys.readouterr().out == "Wrote calculator.py. Run it with: python calculator.py\n"
    script.write_text("mine", encoding="utf-8")
    assert main(["example", "calculator"]) == 2
    assert capsys.readouterr().err == "minidemo: File exists: calculator.py.\n"
    assert script.read_text(encoding="utf-8") == "mine"
