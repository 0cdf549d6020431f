"""What a page says in two places is the same in every language: a title and its first heading, a
button and its longer name for who cannot see what it stands beside.

Browsers check the pages themselves, but not every page in every language. This looks at the
templates and the catalogues, and takes a second.
"""

from __future__ import annotations

import re
import unicodedata

import pytest
from flask import Flask
from jinja2 import nodes

from portal import catalogues, languages

Said = tuple[str | None, str]
"""The context and the English of a sentence."""

TRANSLATED = [each.code for each in languages.offered() if each.code != languages.DEFAULT]
WHERE = {"button": (0, None), "button_link": (0, None), "press": (1, 2)}
"""Which argument of a macro is the words, and which is the name."""
SOMEBODY = "alex example featherstonehaugh"


@pytest.fixture(scope="module")
def templates(shared_app: Flask) -> list[nodes.Template]:
    env = shared_app.jinja_env
    assert env.loader is not None
    ours = env.list_templates(filter_func=lambda name: not name.startswith("govuk_frontend"))
    sources = [env.loader.get_source(env, name)[0] for name in ours if name.endswith(".html")]
    return [env.parse(source) for source in sources]


def sentence(node: nodes.Node | None) -> Said | None:
    """The sentence that a call of a template says; None for anything else."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    said = [each.value for each in node.args if isinstance(each, nodes.Const)]
    match node.node.name, said:
        case "_", [english]:
            return None, english
        case "pgettext", [context, english]:
            return context, english
    return None


def label(call: nodes.Call, place: int | None) -> nodes.Node | None:
    for each in call.kwargs:
        if each.key == "label":
            return each.value
        if each.key == "attributes" and isinstance(each.value, nodes.Dict):
            for pair in each.value.items:
                if isinstance(pair.key, nodes.Const) and pair.key.value == "aria-label":
                    return pair.value
    return call.args[place] if place is not None and len(call.args) > place else None


def names(templates: list[nodes.Template]) -> set[tuple[Said, Said]]:
    """The words on each button that has a longer name, and that name."""
    found = set()
    for template in templates:
        for call in template.find_all(nodes.Call):
            macro = call.node.name if isinstance(call.node, nodes.Name) else ""
            if macro not in WHERE:
                continue
            words, name = WHERE[macro]
            pair = sentence(call.args[words]), sentence(label(call, name))
            if pair[0] and pair[1]:
                found.add((pair[0], pair[1]))
    return found


def headings(templates: list[nodes.Template]) -> set[tuple[Said, Said]]:
    """The title of each page, and its first heading, where both are one sentence."""
    found = set()
    for template in templates:
        said = {}
        for block in template.find_all(nodes.Block):
            if block.name in ("title", "h1"):
                first = next(block.find_all(nodes.Call), None)
                said[block.name] = sentence(first)
        title, heading = said.get("title"), said.get("h1")
        if title and heading:
            found.add((title, heading))
    return found


def words(text: str) -> list[str]:
    filled = re.sub(r"%\(\w+\)s", SOMEBODY, text).casefold()
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in filled).split()


def alike(title: str, heading: str) -> bool:
    """As the browser's check has it: half of the words of the shorter one."""
    one, other = set(words(title)), set(words(heading))
    shared = len(one & other)
    return 0 < shared >= min(len(one), len(other)) / 2


def holds(name: str, button: str) -> bool:
    return " ".join(words(button)) in " ".join(words(name))


def spoken(code: str) -> dict[Said, str]:
    read = catalogues.read(languages.TRANSLATIONS / code)
    return {(each.context, each.english[0]): each.forms[0] for each in read if each.forms}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_title_and_its_heading_share_their_words(
    templates: list[nodes.Template], code: str
) -> None:
    said = spoken(code)
    pairs = [(said[title], said[heading]) for title, heading in headings(templates)]
    assert [pair for pair in pairs if not alike(*pair)] == []
    assert len(pairs) > 100


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_name_of_a_button_holds_its_words(templates: list[nodes.Template], code: str) -> None:
    said = spoken(code)
    pairs = [(said[name], said[button]) for button, name in names(templates)]
    assert [pair for pair in pairs if not holds(*pair)] == []
    assert len(pairs) > 12


def test_other_words_are_found() -> None:
    assert not alike("Złóż obietnicę", "Nowa obietnica dla: %(name)s")
    assert not holds("تماس با %(name)s", "تماس گرفتن")
