"""The safety screen: heard in every language, and quiet where nothing is meant."""

import pytest

from notifications.conversation import grammar, safety, tables
from notifications.conversation.safety import screen
from tests.notifications.readings import LANGUAGES, table

HEARD = {
    ("self_harm", "en"): ["i want to kill myself", "suicidal", "cant go on", "i jus want to die"],
    ("self_harm", "cy"): ["dwi isio marw", "lladd fy hun", "methu mynd ymlaen"],
    ("self_harm", "pl"): ["nie chcę żyć", "zabije sie", "mam dosc zycia"],
    ("self_harm", "ro"): ["vreau să mor", "nu mai vreau sa traiesc", "ma sinucid"],
    ("self_harm", "uk"): ["не хочу жити", "хочу померти", "не хочу жить", "ne hochu zhyty"],
    ("self_harm", "pt"): ["quero morrer", "vou me matar", "não aguento mais"],
    ("self_harm", "ar"): ["أريد أن أموت", "بدي موت", "رح انتحر", "bedi mout"],
    ("self_harm", "fa"): ["می‌خواهم بمیرم", "خودکشی", "mikham bemiram"],
    ("self_harm", "ur"): ["میں مرنا چاہتا ہوں", "khudkushi", "zindagi khatam karni hai"],
    ("self_harm", "bn"): ["আমি মরে যেতে চাই", "আত্মহত্যা", "ar bachte chai na"],
    ("self_harm", "pa"): ["ਮੈਂ ਮਰਨਾ ਚਾਹੁੰਦੀ ਹਾਂ", "ਖ਼ੁਦਕੁਸ਼ੀ", "jeena nahi chahunda"],
    ("self_harm", "so"): ["waan dhiman rabaa", "is dilo ayaan rabaa", "nolosha waan ka daalay"],
    ("abuse", "en"): ["my husband hits me", "hes beating me", "scared of my ex", "beats me up"],
    ("abuse", "cy"): ["mae'n fy nharo i", "trais yn y cartref"],
    ("abuse", "pl"): ["mąż mnie bije", "partner mnie pobil", "przemoc w domu"],
    ("abuse", "ro"): ["soțul mă bate", "m-a lovit", "violenta domestica"],
    ("abuse", "uk"): ["чоловік мене б'є", "домашнє насильство", "муж меня бьет"],
    ("abuse", "pt"): ["o meu marido bate-me", "violência doméstica", "ele me bate"],
    ("abuse", "ar"): ["زوجي يضربني", "جوزي بيضربني", "jozi byedrabni"],
    ("abuse", "fa"): ["شوهرم منو میزنه", "کتکم می‌زند", "shoharam mano mizane"],
    ("abuse", "ur"): ["شوہر مجھے مارتا ہے", "shohar mujhe marta hai", "گھریلو تشدد"],
    ("abuse", "bn"): ["স্বামী আমাকে মারে", "shami amake mare", "নির্যাতন"],
    ("abuse", "pa"): ["ਪਤੀ ਮੈਨੂੰ ਕੁੱਟਦਾ", "gharwala menu marda", "ਘਰੇਲੂ ਹਿੰਸਾ"],
    ("abuse", "so"): ["ninkaygu wuu i garaacaa", "waa la i kufsaday"],
    ("threat", "en"): ["i will kill you", "he will kill me", "im bringing a knife"],
    ("threat", "cy"): ["mae'n bygwth fi", "cyllell"],
    ("threat", "pl"): ["zabiję was", "on mi grozi", "przyjdę z nożem"],
    ("threat", "ro"): ["te omor", "ma ameninta", "am un cutit"],
    ("threat", "uk"): ["він погрожує мені", "вб'ю вас", "прийду з ножем"],
    ("threat", "pt"): ["vou matar alguém", "ele ameaçou-me", "levo uma faca"],
    ("threat", "ar"): ["عم يهددني", "سأقتلكم", "رح يقتلني"],
    ("threat", "fa"): ["تهدیدم کرده", "می‌کشمت", "چاقو دارم"],
    ("threat", "ur"): ["جان سے مار دوں گا", "dhamki de raha hai", "chaku le kar aunga"],
    ("threat", "bn"): ["মেরে ফেলবে বলেছে", "humki dey", "হুমকি দিচ্ছে"],
    ("threat", "pa"): ["ਜਾਨੋਂ ਮਾਰਨ ਦੀ ਧਮਕੀ", "dhamki dinda", "maar denge"],
    ("threat", "so"): ["wuu ii hanjabay", "waan ku dilayaa"],
    ("need", "en"): ["no food", "kids r starving", "im homeless", "nowere to sleep", "got evicted"],
    ("need", "cy"): ["dim bwyd yn y tŷ", "digartref", "cysgu ar y stryd"],
    ("need", "pl"): ["nie mamy co jeść", "jestem bezdomny", "nie mam gdzie spac"],
    ("need", "ro"): ["nu avem ce mânca", "dorm pe stradă", "fara adapost"],
    ("need", "uk"): ["нам нічого їсти", "ніде жити", "мене виселяють"],
    ("need", "pt"): ["não tenho comida", "sem abrigo", "durmo na rua"],
    ("need", "ar"): ["ما عندي أكل", "بلا مأوى", "صاحب البيت طردني", "ma fi akel"],
    ("need", "fa"): ["غذا نداریم", "بی‌خانمان شدم", "جا ندارم بخوابم"],
    ("need", "ur"): ["کھانے کو کچھ نہیں", "be ghar hun", "ghar se nikal diya"],
    ("need", "bn"): ["খাবার নাই", "থাকার জায়গা নাই", "na kheye achi"],
    ("need", "pa"): ["ਖਾਣ ਨੂੰ ਕੁਝ ਨਹੀਂ", "ਬੇਘਰ ਹਾਂ", "bhukhe haan"],
    ("need", "so"): ["cunto ma haysanno", "hoy la'aan", "gaajo"],
}  # fmt: skip


@pytest.mark.parametrize(("category", "language"), HEARD)
def test_every_danger_is_heard_in_every_language(category: str, language: str) -> None:
    for text in HEARD[category, language]:
        assert screen(text, language) == category, text


def test_no_language_and_no_danger_is_missing() -> None:
    assert set(HEARD) == {(c, language) for c in safety.CATEGORIES for language in LANGUAGES}
    listed = {(row[1], row[0]) for row in tables.rows(tables.DATA / "safety.tsv")}
    assert listed == set(HEARD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_danger_is_heard_whatever_the_persons_language(language: str) -> None:
    for texts in HEARD.values():
        for text in texts:
            assert screen(text, language), text


@pytest.mark.parametrize("dress", ["{}!!!", "HELP {} PLEASE", "1. {}", "{}\nSent from my iPhone"])
def test_danger_is_heard_among_other_words(dress: str) -> None:
    for (_category, language), texts in HEARD.items():
        for text in texts:
            if "cant go on" not in text or not dress.startswith("HELP"):
                assert screen(dress.format(text), language), text


@pytest.mark.parametrize(
    "state", [grammar.IDLE, grammar.OFFER, grammar.CONFIRM_CANCEL, grammar.FREE_TEXT, grammar.PIN]
)
def test_nothing_in_a_text_that_raises_an_alarm_is_carried_out(state: grammar.State) -> None:
    for (category, language), texts in HEARD.items():
        reading = grammar.parse(texts[0], language, state)
        assert reading == grammar.Intent("unsafe", category, exact=True)


def test_screening_an_empty_or_endless_text() -> None:
    assert screen("", "en") is None
    assert screen("\u200d\u200c", "ar") is None
    assert screen("la la " * 2_000, "en") is None
    assert screen("la la " * 2_000 + "i want to die", "en") == "self_harm"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cant go on tuesday sorry", "en"),
        ("in the car on my way", "en"),
        ("the bus was freezing", "en"),
        ("i refuse to come", "en"),
        ("shoot me a text", "en"),
        ("its 5 kms away", "en"),
        ("bom dia", "pt"),
        ("moro na rua das Flores 12", "pt"),
        ("o que quer que eu faça", "pt"),
        ("vão cortar-me o subsídio", "pt"),
        ("mieszkam na ulicy Długiej 5", "pl"),
        ("co mi grozi jak nie przyjdę", "pl"),
        ("stau pe strada Libertatii", "ro"),
        ("живу за адресою вулиця Довга 5", "uk"),
        ("виплата менша ніж минулого разу", "uk"),
        ("wadada ayaan ku jiraa waan soo daahay", "so"),
        ("lambarka garaac", "so"),
        ("الطرد وصل", "ar"),
        ("ما عاد بدي الموعد", "ar"),
        ("طول میکشم تا برسم", "fa"),
        ("سڑک پر رش ہے", "ur"),
    ],
)
def test_plain_words_raise_no_alarm(text: str, language: str) -> None:
    assert screen(text, language) is None


def test_kept_replies_raise_alarms_where_they_should_and_nowhere_else() -> None:
    for name in ("replies.tsv", "later_replies.tsv"):
        for row in table(name):
            expected = row["intent"] == "unsafe_urgent"
            assert bool(screen(row["text"], row["lang"])) == expected, row
