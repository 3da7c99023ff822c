"""Text, colours and weight of the cells of a pandas Styler."""

import re
from typing import Any

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}|(rgb|rgba|hsl|hsla)\([0-9 ,.%/]{1,60}\)")
_WEIGHT = re.compile(r"bold|bolder|normal|[1-9]00")
_PROPERTIES = {"color": _COLOUR, "background-color": _COLOUR, "font-weight": _WEIGHT}


def of_styler(styler: Any) -> tuple[list[list[str]], list[list[str]]]:
    """Return the displayed text and the CSS of each cell."""
    rendered = styler._compute()._translate(sparse_index=False, sparse_cols=False)  # as its own to_html begins
    styles = {
        selector: [(str(name), str(value)) for name, value in style["props"]]
        for style in rendered.get("cellstyle", [])
        for selector in style["selectors"]
    }
    cells = [[cell for cell in row if cell["type"] == "td" and cell["is_visible"]] for row in rendered["body"]]
    display_values = [[str(cell["display_value"]) for cell in row] for row in cells]
    styling = [[css(styles.get(cell.get("id", ""), [])) for cell in row] for row in cells]
    return display_values, styling


def visible_frame(styler: Any) -> Any:
    """Return the frame without the rows, columns and headers that the Styler hides."""
    frame = styler.data
    rows, columns = (
        [i for i in range(length) if i not in set(hidden)]
        for length, hidden in zip(frame.shape, (styler.hidden_rows, styler.hidden_columns), strict=True)
    )
    frame = frame.iloc[rows, columns]
    levels = [level for level, hidden in enumerate(styler.hide_columns_) if hidden]
    if len(levels) == frame.columns.nlevels:
        return frame.set_axis([""] * len(columns), axis="columns")
    return frame.droplevel(levels, axis="columns") if levels else frame


def css(properties: list[tuple[str, str]]) -> str:
    """Return the declarations that a cell may have, as CSS."""
    declarations = [
        ({"background": "background-color"}.get(name.strip(), name.strip()), value.strip())
        for name, value in properties
    ]
    return "; ".join(
        f"{name}: {value}" for name, value in declarations if name in _PROPERTIES and _PROPERTIES[name].fullmatch(value)
    )
