"""The calculator by hand on bare FastAPI: `python calculator_fastapi.py PORT FLAGGING_DIR`."""

import csv
import os
import sys
from pathlib import Path
from threading import Lock
from typing import Literal

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from pydantic import BaseModel


class Calculation(BaseModel):
    """What the form holds."""

    num1: float
    operation: Literal["add", "subtract", "multiply", "divide"]
    num2: float


class Result(BaseModel):
    """What the form shows."""

    output: float


class Flag(Calculation):
    """A calculation that the visitor found worth keeping, as the browser tells it."""

    output: float
    option: Literal["incorrect", "off-topic"]


PAGE = Path(__file__).with_name("calculator.html").read_text(encoding="utf-8")
FOLDER = Path(sys.argv[2])
LOG = FOLDER / "logs.csv"
app = FastAPI()
writing = Lock()


def calculate(num1: float, operation: str, num2: float) -> float:
    """Apply the operation to the two numbers."""
    if operation == "add":
        return num1 + num2
    if operation == "subtract":
        return num1 - num2
    if operation == "multiply":
        return num1 * num2
    return num1 / num2


@app.get("/", response_class=HTMLResponse)
async def page() -> str:
    """Give the page."""
    return PAGE


@app.post("/predict")
def predict(calculation: Calculation) -> Result:
    """Calculate, in the thread pool."""
    return Result(output=calculate(calculation.num1, calculation.operation, calculation.num2))


@app.post("/flag", status_code=201)
def flag(flag: Flag) -> dict[str, bool]:
    """Append one row and answer when it is on the disk."""
    with writing:
        FOLDER.mkdir(parents=True, exist_ok=True)
        new = not LOG.exists()
        with LOG.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            if new:
                writer.writerow(["num1", "operation", "num2", "Output", "flag"])
            writer.writerow([f"{flag.num1:g}", flag.operation, f"{flag.num2:g}", f"{flag.output:g}", flag.option])
            file.flush()
            os.fsync(file.fileno())
    return {"saved": True}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
