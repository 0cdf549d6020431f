"""Make ``portal/static/site.css`` and the other small files from their ``.src`` twins.

Every page waits for the stylesheet, so it travels without comments and spaces; the script
travels without comments and indentation. The results depend on nothing but the sources, and a
test compares them.
"""

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "portal" / "static"


def small_css(source: str) -> str:
    """The sheet without comments and without spaces that mean nothing.

    It knows the CSS this project writes, and refuses what it could spoil: strings of more than
    one letter, and addresses (the sheet loads nothing).
    """
    css = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    if any(len(text) > 1 for text in re.findall(r"\"([^\"]*)\"", css)) or "url(" in css:
        raise ValueError("Long strings and addresses have no place in the stylesheet.")
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    # A space before a colon means "inside"; only the one after a property name can go.
    css = re.sub(r"([{;][a-z-]+): ", r"\1:", css)
    return css.replace(";}", "}").strip() + "\n"


def small_js(source: str) -> str:
    """The script without ``/* */`` comments and indentation; nothing cleverer than that.

    It refuses template strings, where indentation would mean something.
    """
    if "`" in source:
        raise ValueError("Template strings have no place in the script.")
    js = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return "".join(line.strip() + "\n" for line in js.splitlines() if line.strip())


MADE = {
    "site.css": ("site.src.css", small_css),
    "site.js": ("site.src.js", small_js),
    "two.css": ("two.src.css", small_css),
    "phones.css": ("phones.src.css", small_css),
}


def main() -> None:
    for name, (source, make) in MADE.items():
        text = (STATIC / source).read_text(encoding="utf-8")
        (STATIC / name).write_text(make(text), encoding="utf-8")


if __name__ == "__main__":
    main()
