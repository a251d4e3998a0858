"""A form of another site changes nothing, and signs nobody out."""

from collections.abc import Callable
from typing import Any

import pytest

ELSEWHERE = {"Origin": "https://example.com"}


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/language/en", "/inquiries/support_needs/sections/A"])
def test_it_is_refused_without_a_new_cookie(browser: Callable[..., Any], address: str) -> None:
    """A browser sends no cookie along with such a form, and would keep one that came back in place of its own."""
    response = browser().client.post(address, data={"A2": "x"}, headers=ELSEWHERE)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers


def test_nobody_is_signed_out_by_it(browser: Callable[..., Any]) -> None:
    officer = browser("mishima")
    assert officer.client.post("/sign-out", headers=ELSEWHERE).status_code == 403
    officer.get("/inquiries")
