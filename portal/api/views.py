"""Pages."""

from __future__ import annotations

from flask import Blueprint

from portal.api import models, problems

__all__ = ["bp", "models"]

bp = Blueprint("api", __name__)
bp.register_error_handler(problems.Problem, problems.answer)
