"""The browser of a member of staff."""

from __future__ import annotations

from typing import Self

import pyotp

from portal import clock
from portal.account.models import Staff
from portal.database import db
from tests.browser import Browser

PASSWORD = "correct horse battery staple"


class Desk(Browser):
    """The browser of a member of staff."""

    def sign_in(self, member: Staff) -> Self:  # type: ignore[override]
        """Sign in with e-mail address, password and the next code that was not used yet."""
        with self.app.app_context():
            known = db.session.get(Staff, member.id)
            assert known is not None
            now = int(clock.now().timestamp()) // 30
            step = max(now - 1, known.last_totp_step + 1)
            code = pyotp.TOTP(known.totp_secret).at(step * 30)
        self.open("/staff/sign-in")
        return self.fill(email=member.email, password=PASSWORD, code=code).press("Sign in")
