"""What comes in from elsewhere, too large, too slow or by a wrong name is refused before anything looks at it."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from calling import client_of
from starlette.responses import PlainTextResponse

from policyhours.workbench.app import workbench
from policyhours.workbench.guard import HEADERS, Address, Limits

HERE = "127.0.0.1:8765"
LOCAL = Address("127.0.0.1", 8765)


def codes(response: Any) -> list[str]:
    return [finding["code"] for finding in response.json()["findings"]]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765", "127.0.0.9:8765"]
)
def test_this_computer_may_be_named_in_its_own_ways(host):
    assert LOCAL.is_meant(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8765",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example:8765",
        "localhost",
        "127.0.0.1",
        "127.0.0.1:80",
        "192.168.1.5:8765",
        "0.0.0.0:8765",
        "a@127.0.0.1:8765",
        "127.0.0.1:8765/x",
        "127.0.0.1:99999",
        "127.0.0.1:x",
        "[::1",
        "",
    ],
)
def test_any_other_name_is_a_rebound_one(client, host):
    assert not LOCAL.is_meant(host)
    response = client.get("/api/policies", headers={"host": host})
    assert (response.status_code, codes(response)) == (403, ["DK401"])


def test_opened_to_others_it_may_be_named_by_any_address_but_by_no_name_that_nobody_gave():
    open_to_all = Address("0.0.0.0", 8765, others=True)
    assert open_to_all.is_meant("192.168.1.5:8765")
    assert not open_to_all.is_meant("evil.example:8765")
    assert Address("pc7.office", 8765, others=True).is_meant("pc7.office:8765")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:8765"},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://localhost:8765"},  # not the name under which this page was opened
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_page_cannot_make_the_browser_post(client, headers):
    response = client.post(
        "/api/lint", content=b"a: 1", headers={"content-type": "application/yaml", **headers}
    )
    assert (response.status_code, codes(response)) == (403, ["DK402"])


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": f"http://{HERE}"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_our_own_pages_and_programs_may_post(client, headers):
    response = client.post(
        "/api/lint", content=b"a: 1", headers={"content-type": "application/yaml", **headers}
    )
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/api/policies", "/api/openapi.json", "/nothing", "/api/evaluate"])
def test_every_reply_says_what_a_browser_may_do_with_it(client, path):
    for response in (client.get(path), client.get(path, headers={"host": "evil.example"})):
        assert {name: response.headers[name] for name in HEADERS} == dict(HEADERS)


def test_no_reply_lets_another_page_read_it(client):
    response = client.get("/api/policies", headers={"origin": "http://evil.example"})
    assert "access-control-allow-origin" not in response.headers


def test_what_says_that_it_is_too_large_is_refused_unread(client):
    response = client.post(
        "/api/lint", content=b"a: 1", headers={"content-type": "application/yaml", "content-length": "9" * 30}
    )
    assert (response.status_code, codes(response)) == (413, ["DK403"])


def test_what_turns_out_to_be_too_large_is_refused(client):
    parts = (b"#" * 65536 for _ in range(40))
    response = client.post("/api/lint", content=parts, headers={"content-type": "application/yaml"})
    assert (response.status_code, codes(response)) == (413, ["DK403"])
    assert "2 MiB" in response.json()["findings"][0]["says"]


def test_a_body_that_never_ends_is_not_waited_for():
    app = workbench((), LOCAL, Limits(arriving=0.01))
    sent: list[Any] = []

    async def never() -> Any:
        await anyio.sleep_forever()

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", HERE.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/lint", "query_string": b"", "headers": headers}
    anyio.run(app, scope, never, send)
    assert sent[0]["status"] == 408
    assert b"DK406" in sent[1]["body"]


def test_a_browser_that_has_gone_gets_nothing():
    sent: list[Any] = []

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", HERE.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/lint", "query_string": b"", "headers": headers}
    anyio.run(workbench((), LOCAL), scope, gone, send)
    assert sent == []


def test_a_fault_of_ours_is_told_without_its_words():
    from policyhours.workbench.guard import Guard

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("张三")

    told = []

    def refuse(scope: Any, finding: Any, status: int) -> PlainTextResponse:
        told.append((finding.code, status))
        return PlainTextResponse(finding.code, status)

    with client_of(Guard(broken, LOCAL, Limits(), refuse)) as client:
        response = client.get("/")
    assert (response.status_code, response.text, told) == (500, "DK413", [("DK413", 500)])


@pytest.mark.parametrize("path", ["/", "/api/policies"])
def test_a_fault_in_an_answer_is_told_to_people_and_programs(monkeypatch, path):
    async def broken(*_: Any) -> None:
        raise RuntimeError("张三")

    monkeypatch.setattr("policyhours.workbench.work.Work.done", broken)
    with client_of(workbench((), LOCAL)) as client:
        response = client.get(path)
    assert response.status_code == 500
    assert "DK413" in response.text
    assert "张三" not in response.text
