"""Receipt codes: eight characters of Crockford's base 32, the last one a check.

No letter looks like a digit, so a code can be read over the telephone, and one slip of the
pen or two swapped characters are noticed.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from stdnum import luhn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """A code nobody can guess. The caller makes sure that it is not taken."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        code = body + str(luhn.calc_check_digit(body, ALPHABET))
        # The one swap of neighbours that the check would miss: no code gives the chance.
        if "0Z" not in code and "Z0" not in code:
            return code


def characters(typed: str) -> str:
    """What somebody typed of a code: 0-9 and A-Z, from the digits of any script and any letter
    case, with nothing between them and lookalikes put right."""
    text = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", typed)
    )
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(LOOKALIKES)


def read_code(typed: str) -> str | None:
    """The code a person typed or read out, or None if it cannot be one."""
    code = characters(typed)
    if len(code) != LENGTH or not luhn.is_valid(code, ALPHABET):
        return None
    return code


def grouped(code: str) -> str:
    """As it is printed: K7QM-2P4A."""
    return f"{code[:4]}-{code[4:]}"
