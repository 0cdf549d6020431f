"""The blueprint of the support plan. Apart from `views`: two files of views hang on it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("plan", __name__)
