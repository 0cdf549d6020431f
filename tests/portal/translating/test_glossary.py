"""Terms are found in the sentence whatever became of the word there, and missed where they are
missing."""

from __future__ import annotations

import pytest

from portal import catalogues, languages
from portal.translating import glossary
from tests.portal.translating.folders import sentence


def missing(code: str, english: str, *forms: str) -> list[str]:
    return [term.key for term in glossary.missing(sentence(english, *forms), code)]


@pytest.mark.parametrize(
    ("code", "english", "translated"),
    [
        ("cy", "Your appointment is near.", "Mae eich apwyntiad yn agos."),
        ("cy", "her appointment", "ei hapwyntiad"),
        ("cy", "my complaint", "fy nghwyn"),
        ("cy", "this complaint", "y gŵyn hon"),
        ("pl", "before the appointment", "przed spotkaniem"),
        ("pl", "about your complaint", "w sprawie skargi"),
        ("ar", "The appointment is near.", "والموعد قريب."),
        ("ar", "your appointments", "مواعيدك"),
        ("ar", "for the complaint", "للشكوى"),
        ("uk", "without an interpreter", "без усного перекладача"),
        ("pt", "two complaints", "duas reclamações"),
        ("fa", "Your work coach", "مشاور کار شما"),
        ("ur", "Say “complaint”.", "”شکایت“ لکھیں۔"),
        ("bn", "a complaint/question", "প্রশ্ন/অভিযোগ"),
        ("so", "Universal Credit", "Universal Credit"),
    ],
)
def test_a_term_in_any_shape_is_found(code: str, english: str, translated: str) -> None:
    assert missing(code, english, translated) == []


@pytest.mark.parametrize(
    ("code", "english", "translated", "term"),
    [
        ("cy", "Your appointment is near.", "Mae eich cyfarfod yn agos.", "appointment"),
        ("pl", "Universal Credit", "Kredyt uniwersalny", "uc"),
        ("ar", "You have a complaint.", "لديك اعتراض.", "complaint"),
        ("ar", "Ask your work coach.", "يُرجى سؤال المدرب.", "work_coach"),
        ("fa", "two appointments", "دو دیدار برقرار است", "appointment"),
        ("so", "Your Claimant Commitment", "Heshiiskaaga", "claimant_commitment"),
    ],
)
def test_another_word_is_no_term(code: str, english: str, translated: str, term: str) -> None:
    assert missing(code, english, translated) == [term]


def test_a_longer_term_is_not_taken_for_a_shorter_one() -> None:
    assert missing("pl", "your Claimant Commitment", "Claimant Commitment") == []


def test_one_form_of_a_plural_may_go_without_the_term() -> None:
    found = sentence(("an appointment", "%(num)s appointments"), "un", "%(num)s apwyntiad")
    assert list(glossary.missing(found, "cy")) == []


def test_the_list_of_what_is_allowed_is_short_and_used() -> None:
    """What nobody needs any more is taken off, so that it hides nothing later."""
    known = {term.key for term in glossary.terms()}
    ids = {each.id for each in catalogues.read(languages.TRANSLATIONS / "cy")}
    for (code, term, string_id), why in glossary.allowed().items():
        assert code == "*" or code in languages.known()
        assert term in known
        assert string_id in ids, f"no sentence has the id {string_id}: {why}"
        assert why
    assert len(glossary.allowed()) < 40
