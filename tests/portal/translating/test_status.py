"""How far a language counts as checked follows from its words, not from what was once written."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from portal import catalogues
from portal.catalogues import Sentence
from tests.portal.translating.folders import folder, sentence

COME, SEND = sentence("Come", "Dewch"), sentence("Send", "Anfon", context="button")


def reviewed(digest: str) -> str:
    return (
        'state = "reviewed"\ndrafted_on = 2026-11-21\nreviewed_on = 2026-12-01\n'
        f'reviewer_role = "native-speaker translator"\ncatalogue_sha256 = "{digest}"\n'
    )


def test_the_digest_is_made_as_the_rule_says() -> None:
    plural = sentence(("day", "days"), "un", "dau")
    lines = sorted(["\x04Come\x00Dewch", "button\x04Send\x00Anfon", "\x04day\x00un\x00dau"])
    assert catalogues.digest([SEND, plural, COME]) == sha256("\n".join(lines).encode()).hexdigest()


def test_what_is_not_finished_or_fuzzy_is_not_in_the_digest() -> None:
    fuzzy = Sentence(None, ("Go",), ("Ewch",), fuzzy=True)
    half = sentence(("day", "days"), "un", "")
    assert catalogues.digest([COME, fuzzy, half, sentence("Stay")]) == catalogues.digest([COME])


def test_a_changed_word_makes_a_reviewed_language_part_reviewed(tmp_path: Path) -> None:
    status = reviewed(catalogues.digest([COME, SEND]))
    assert catalogues.state(folder(tmp_path, COME, SEND, status=status)) == "reviewed"
    changed = folder(tmp_path, sentence("Come", "Dere"), SEND, status=status)
    assert catalogues.state(changed) == "part-reviewed"


def test_a_draft_stays_a_draft_whatever_was_changed(tmp_path: Path) -> None:
    """To call it part-reviewed would say more than is true."""
    assert catalogues.state(folder(tmp_path, COME)) == "machine-drafted"


def test_which_sentences_were_reviewed_holds_until_they_change(tmp_path: Path) -> None:
    made = folder(tmp_path, COME, SEND)
    assert catalogues.unreviewed(made) == {COME.id, SEND.id}
    catalogues.write_reviewed(made, {COME.id: COME.digest})
    assert catalogues.unreviewed(made) == {SEND.id}
    folder(tmp_path, sentence("Come", "Dere"), SEND)
    assert catalogues.unreviewed(made) == {COME.id, SEND.id}


def test_a_status_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = folder(tmp_path, COME, status=reviewed("0" * 64))
    status = catalogues.read_status(made)
    (made / "status.toml").write_text(status.toml(), encoding="utf-8")
    assert catalogues.read_status(made) == status
