"""The measures, in the order of the table; each has a file of its own."""

from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.measures import (
    calls,
    click_to_result,
    dataframe,
    endurance,
    first_answer,
    flags,
    idle,
    import_time,
    install_size,
    large_picture,
    memory,
    page_load,
    predictions,
    store,
    streaming,
    submit_works,
)
from benchmarks.rows import Row

MEASURES: dict[str, Callable[[Bench], list[Row]]] = {
    "install-size": install_size.measure,
    "import-time": import_time.measure,
    "first-answer": first_answer.measure,
    "page-load": page_load.measure,
    "submit-works": submit_works.measure,
    "click-to-result": click_to_result.measure,
    "dataframe": dataframe.measure,
    "predictions": predictions.measure,
    "calls": calls.measure,
    "streaming": streaming.measure,
    "store": store.measure,
    "flags": flags.measure,
    "large-picture": large_picture.measure,
    "memory": memory.measure,
    "endurance": endurance.measure,
    "idle": idle.measure,
}
