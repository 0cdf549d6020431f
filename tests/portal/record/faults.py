"""What is wrong with a record."""

from uuid import UUID

from flask import Flask

from portal.record import log


def faults(app: Flask, claimant_id: UUID) -> list[tuple[int, str]]:
    with app.app_context():
        return [(fault.number, fault.what) for fault in log.verify(claimant_id)]
