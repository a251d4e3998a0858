"""Says where the application's time goes, without a server: ``python -m bench.page_profile`` reads what to send."""

import json
import sys
from pathlib import Path

from bench.profiles import costs
from survey_app.factory import create_app


def profile(database: str, cookie: str, requests: list[tuple[str, str, str]]) -> str:
    """Send requests (method, address, body) to the application; say who takes how much of the time."""
    app = create_app({"database": Path(database)})
    client = app.test_client(use_cookies=False)

    def send() -> None:
        for method, address, body in requests:
            form = "application/x-www-form-urlencoded" if method == "POST" else None
            answer = client.open(
                address, method=method, data=body.encode(), content_type=form, headers={"Cookie": cookie}
            )
            if answer.status_code >= 400:
                raise RuntimeError(f"{method} {address}: {answer.status_code}")

    return costs(send)


if __name__ == "__main__":
    print(json.dumps({"costs": profile(**json.load(sys.stdin))}, ensure_ascii=False))
