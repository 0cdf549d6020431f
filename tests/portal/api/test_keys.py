"""Keys: made, shown once, listed, revoked; and what does not open anything."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.api.models import ApiKey
from portal.database import db
from portal.web.access import access_of
from tests.portal.api.partners import NOW, Partner, make_partner


def run(app: Flask, *arguments: str):
    return app.test_cli_runner().invoke(args=["api-key", *arguments])


def test_a_key_is_shown_once_and_only_its_hash_is_kept(app: Flask, office: str) -> None:
    made = run(app, "create", "--name", "Leeds diary", "--source", "diary", "--office", office)
    assert made.exit_code == 0, made.output
    secret = made.stdout.strip()
    assert re.fullmatch(r"portal_[\w-]{43}", secret)
    with app.app_context():
        kept = db.session.execute(sa.text("SELECT * FROM api_key")).one()
        assert secret not in repr(kept)
    assert Partner(app, secret).get("/appointments").status_code == 200
    listed = run(app, "list").stdout
    assert "Leeds diary\tdiary\tLDS\t2027-01-05T10:00Z\t2027-01-05T10:00Z\tnever" in listed
    assert secret not in listed


def test_a_revoked_key_opens_nothing(app: Flask, partner: Partner) -> None:
    assert partner.get("/appointments").status_code == 200
    with app.app_context():
        key_id = db.session.scalar(sa.select(ApiKey.id))
    assert "Revoked diary key." in run(app, "revoke", str(key_id)).output
    assert partner.get("/appointments").status_code == 401
    assert run(app, "revoke", str(key_id)).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "--name", "x", "--source", "diary", "--office", "NOWHERE"),
        ("create", "--name", "x", "--source", "two words"),
        ("create", "--name", "x" * 121, "--source", "diary"),
        ("create", "--name", "\u202e", "--source", "diary"),
        ("revoke", "5f0c1f6e-3f0b-4b57-9c1b-0a8c6b6f2d11"),
        ("revoke", "mine"),
    ],
)
def test_a_wrong_command_says_so_and_makes_nothing(
    app: Flask, office: str, arguments: tuple[str, ...]
) -> None:
    refused = run(app, *arguments)
    assert refused.exit_code != 0
    assert "Error: " in refused.output
    assert run(app, "list").stdout == ""


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Basic {key}",
        "{key}",
        "Bearer {key}x",
        "Bearer é{key}",
        "Bearer {key} {key}",
    ],
)
def test_without_a_live_key_nothing_opens(
    client: FlaskClient, partner: Partner, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header.format(key=partner.key)}
    response = client.get("/api/v1/appointments", headers=headers)
    assert response.status_code == 401
    assert response.mimetype == "application/problem+json"
    assert response.json["code"] == "key"
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_word_bearer_may_be_written_as_one_likes(client: FlaskClient, partner: Partner) -> None:
    headers = {"Authorization": f"bearer  {partner.key} "}
    assert client.get("/api/v1/appointments", headers=headers).status_code == 200


def test_the_key_is_asked_for_before_anything_is_read(client: FlaskClient, office: str) -> None:
    response = client.post("/api/v1/appointments", data="nonsense")
    assert response.status_code == 401


def test_last_use_is_noted_to_within_minutes(app: Flask, partner: Partner) -> None:
    from datetime import timedelta

    def noted():
        with app.app_context():
            return db.session.scalar(sa.select(ApiKey.last_used_at))

    assert noted() is None
    partner.get("/appointments")
    assert noted() == NOW
    with clock.frozen(NOW + timedelta(minutes=4)):
        partner.get("/appointments")
        assert noted() == NOW
    with clock.frozen(NOW + timedelta(minutes=6)):
        partner.get("/appointments")
        assert noted() == NOW + timedelta(minutes=6)


def test_too_many_requests_wait_a_minute(
    partner: Partner, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limits import parse

    from portal.account import throttle

    monkeypatch.setitem(throttle.LIMITS, "api", parse("2 per minute"))
    other = make_partner(app, "other")
    assert [partner.get("/appointments").status_code for _ in range(3)] == [200, 200, 429]
    refused = partner.get("/appointments")
    assert refused.headers["Retry-After"] == "60"
    assert refused.json["code"] == "too-many"
    assert other.get("/appointments").status_code == 200


def test_every_route_says_who_may_enter_and_sets_no_cookie(app: Flask, partner: Partner) -> None:
    kinds = {
        rule.endpoint: access_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert kinds.pop("api.document") == "public"
    assert set(kinds.values()) == {"partner"}
    assert "Set-Cookie" not in partner.get("/appointments").headers
    assert "Set-Cookie" not in partner.post("/appointments", {}).headers
