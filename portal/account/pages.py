"""What the pages of an account share: the blueprint. Apart from `views`, so that `phone_views` can
put its pages on it too."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("account", __name__)
