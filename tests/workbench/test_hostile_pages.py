"""What hostile requests to the pages come to: words, never a file, never a traceback."""

from __future__ import annotations

import pytest

REF = "examples/general@2023.1"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "path",
    [
        "/rules/..%2f..%2fetc%2fpasswd",
        "/rules/%2e%2e/%2e%2e/xinjiang@2023.1",
        "/rules//etc/passwd",
        "/case/C:%5Cwindows",
        "/case/xinjiang@..%2f2023.1",
        "/case/a%00b",
        "/rules/xinjiang@2023.1%2f..",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2fapp.py",
        "/static/nothing.css",
    ],
)
def test_no_address_leads_out_of_the_library(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "root:" not in response.text and "import" not in response.text


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"a=1&" * 5001, FORM, 413),
        (b"\xff\xfe=%ff%00&case=%ed%a0%80&do=assess", FORM, 422),
        (b"activities.9999.kind=training&activities.99999.id=x&do=assess", FORM, 422),
        (b"do=" + b"remove:" * 1000, FORM, 200),
        (b"x", {"content-type": "text/plain"}, 415),
        (b"x", {"content-type": "multipart/form-data"}, 400),
        (b"x", {"content-type": "multipart/form-data; boundary=b"}, 400),
        (
            b"--b\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--b--",
            {"content-type": "multipart/form-data; boundary=b"},
            400,
        ),
        (b"", {}, 415),
    ],
)
def test_odd_forms_are_told_in_words(client, body, headers, status):
    response = client.post(f"/case/{REF}", content=body, headers=headers)
    assert response.status_code == status
    assert "<main" in response.text
    assert "Traceback" not in response.text


def test_what_is_filled_in_is_text_and_nothing_else(client):
    evil = "<script>alert(1)</script>\"'{{7*7}}"
    said = {
        "case": evil,
        "title": evil,
        "person.id": evil,
        "person.title_level": evil,
        "do": "assess",
        evil: evil,
    }
    response = client.post(f"/case/{REF}", data=said)
    assert "<script>alert" not in response.text
    assert "49" not in response.text
    assert "&lt;script&gt;" in response.text


def test_an_uploaded_file_is_text_and_nothing_else(client):
    evil = "<script>alert(1)</script>"
    response = client.post("/check", files={"file": (f"../{evil}.yaml", f"policy：{evil}\n".encode())})
    assert "<script>alert" not in response.text
    assert "PH117" in response.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("细则".encode("gbk") * 40, "PH106"),
        (b"PK\x03\x04\x00\xff\xfe\xff" * 99, "PH106"),
        (b"a: &a [*a]", "PH124"),
        (b"a: " + b"[" * 70, "PH123"),
        (b"", "PH109"),
        (b"a: " + b"9" * 100_000, "PH119"),
    ],
)
def test_bad_files_are_told_on_the_page(client, data, code):
    response = client.post("/check", files={"file": ("a.yaml", data)})
    assert response.status_code == 200
    assert code in response.text


def test_a_large_upload_stays_in_memory(client, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    response = client.post("/check", files={"file": ("a.yaml", b"# x\n" * 450_000)})
    assert response.status_code == 200


def test_of_a_long_file_the_lines_around_findings_are_shown(client):
    text = "a: 1\n" * 3000 + "b：2\n" + "c: 1\n" * 3000
    response = client.post("/check", files={"file": ("a.yaml", text.encode())})
    assert 'id="L1"' in response.text
    assert 'id="L1500"' not in response.text


def test_a_page_in_english_keeps_to_english(client):
    text = client.get("/?lang=en").text
    assert '<html lang="en">' in text
    assert 'href="/check?lang=en"' in text
    assert f'href="/case/{REF}?lang=en"' in text


def test_a_case_under_a_policy_that_is_not_there_is_told(client):
    response = client.get("/case/nowhere")
    assert response.status_code == 404
    assert "PH322" in response.text
