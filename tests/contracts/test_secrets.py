"""Secrets: the keys of the run and what answers call a secret are hidden, other text is not."""

from __future__ import annotations

from mockserver.contract.calls.secrets import Secrets


def test_the_keys_of_the_run_are_hidden_plain_and_in_base64() -> None:
    secrets = Secrets({"TOKEN": "k3y-of-the-run", "PASSWORD": "", "SECOND_TOKEN": "TOKEN"})
    assert secrets.hidden("a k3y-of-the-run, azN5LW9mLXRoZS1ydW4= and a TOKEN") == "a ***, *** and a TOKEN"
    assert secrets.variables == {"k3y-of-the-run": "TOKEN"}


def test_what_answers_call_a_secret_is_hidden() -> None:
    told = '{"token": "abc", "api_secret":"x", "smtp_password": "", "name": "token"}'
    hidden = '{"token": "***", "api_secret":"***", "smtp_password": "", "name": "token"}'
    assert Secrets({}).hidden(told) == hidden
