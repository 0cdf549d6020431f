"""The blueprint of help with costs. Apart from `views`: two files of views hang on it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("costs", __name__)
