"""The document about a complaint as a PDF: tagged, so that a screen reader reads it in order and
with its headings (PDF/UA-1), and shaped from right to left where it is written so.

What people wrote goes in as data and never as markup. The fonts lie beside us: nothing is read
from the machine, and nothing is fetched.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from flask_babel import gettext as _

from portal.complaints.bundle import Block, Document, Run

_PORTAL = Path(__file__).parents[1]
FONTS = _PORTAL / "fonts"
LAYOUT = _PORTAL / "templates" / "complaints" / "bundle.typ"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def pdf(document: Document) -> bytes:
    """The file. PDF/UA forbids a letter that no font has, like an emoji: then it is tagged all the
    same, the letter is an empty box, its text can still be read out and copied, and the document
    says where to see it."""
    try:
        return _compiled(document, "ua-1")
    except typst.TypstError:
        note = _("This file cannot show some letters. The page on the website shows them all.")
        run = Run(note, document.language.html_lang, document.language.rtl)
        document.blocks.insert(0, Block("text", (run,)))
        return _compiled(document, None)


def _compiled(document: Document, standard: Literal["ua-1"] | None) -> bytes:
    language = document.language
    values = {
        "title": document.title,
        "footer": f"{document.name} · {document.code}",
        "lang": language.html_lang,
        "rtl": language.rtl,
        "blocks": [asdict(block) for block in document.blocks],
    }
    return typst.compile(
        str(LAYOUT),
        root=str(LAYOUT.parent),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=standard,
        sys_inputs={"document": json.dumps(values, ensure_ascii=False)},
    )
