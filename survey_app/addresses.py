"""Addresses of our own pages for people who are elsewhere: in mails and in links that are passed on."""

from typing import Any

from flask import current_app, request, url_for

from survey_app.config import Config


def public_url(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page: at the public address of the server, else as this request came."""
    config: Config = current_app.extensions["shokai.config"]
    base = config.public_address or request.host_url.rstrip("/")
    return base + url_for(endpoint, **values)
