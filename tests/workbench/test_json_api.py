"""The API: the command line's answers, for programs."""

from __future__ import annotations

import json

import pytest
from calling import client_of

from policyhours.workbench.app import workbench
from policyhours.workbench.guard import Address
from policyhours.workbench.work import TooSlow

YAML = {"content-type": "application/yaml"}
JSON = {"content-type": "application/json"}


def stated(**more):
    """A case as a program sends it."""
    training = {"id": "t", "kind": "training", "date": "2025-03-01", "hours": 90, "assessment": "passed"}
    person = {"id": "p-1", "title_level": "junior"}
    return {"case": "a", "policy": "xinjiang@2023.1", "person": person, "activities": [training], **more}


def codes(response):
    return [finding["code"] for finding in response.json()["findings"]]


# ── evaluate ──


def test_a_case_is_evaluated_as_the_command_line_does_it(client):
    import policyhours

    response = client.post("/api/evaluate", json=stated())
    assert response.status_code == 200
    assert response.json() == policyhours.evaluate(stated()).to_dict()


def test_a_case_may_be_sent_as_the_file_that_it_is(client):
    text = "case: a\npolicy: xinjiang@2023.1\nperson: {id: p, title_level: 初级}\nactivities: []\n"
    text += "decisions: [{year: 2025, ground: 病, certified_by: 所在单位, decided_by: 甲, decided_on: 2025-02-01, remedy: reduce, required_hours: 1}]\n"
    response = client.post("/api/evaluate", content=text.encode(), headers=YAML)
    assert response.json()["years"]["2025"]["verdict"] == "not_met"


def test_exact_numbers_stay_exact(client):
    body = json.dumps(stated()).replace("90", "30.1")
    response = client.post("/api/evaluate", content=body, headers=JSON)
    assert response.json()["years"]["2025"]["total"] == {"low": "301/10", "high": "301/10"}


def test_policy_and_readings_stand_in_the_address(client):
    course = {"id": "p", "kind": "public_course", "date": "2025-04-01", "hours": 80, "assessment": "passed"}
    case = stated(activities=[{**stated()["activities"][0], "hours": 60}, course])
    said = client.post("/api/evaluate", json=case).json()["years"]["2025"]
    assert said["verdict"] == "met"
    response = client.post(
        "/api/evaluate?reading=share_base=earned&policy=examples/general@2023.1", json=case
    )
    said = response.json()["years"]["2025"]
    assert (said["verdict"], said["policy"]) == ("not_met", "examples/general@2023.1")


def test_a_finding_points_at_the_json_that_was_sent(client):
    case = stated()
    case["activities"].append(
        {"id": "u", "kind": "training", "date": "2025-03-01", "hours": "9o", "assessment": "passed"}
    )
    case["activities"].append({"id": "v", "kind": "trainning", "date": "2025-03-01", "hours": 9})
    response = client.post("/api/evaluate", json=case)
    assert response.status_code == 422
    found = [(f["code"], f["pointer"], f["line"], f["file"]) for f in response.json()["findings"]]
    assert ("PH806", "/activities/1/hours", None, None) in found
    assert ("PH803", "/activities/2/kind", None, None) in found


def test_a_finding_points_at_the_line_of_the_yaml_that_was_sent(client):
    text = "case: a\npolicy: xinjiang@2023.1\nperson: {id: p, title_level: 初级}\nactivities:\n  - {id: t, kind: 培训, date: 2025-03-01}\n"
    (finding,) = client.post("/api/evaluate", content=text.encode(), headers=YAML).json()["findings"]
    assert (finding["code"], finding["line"], finding["column"]) == ("PH803", 5, 19)
    assert finding["pointer"] == "/activities/0/kind"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "DK409"),
        ("", "DK409"),
        ("[]", "DK410"),
        ("null", "DK410"),
        ('{"case": "a", "case": "b"}', "DK414"),
        ('{"case": NaN}', "DK415"),
        ('{"case": -Infinity}', "DK415"),
        ("[" * 100_000, "DK411"),
        ('{"a":' * 400 + "1" + "}" * 400, "DK411"),
        ('{"a":' * 900 + "1" + "}" * 900, "DK411"),
        ('{"a":' * 80 + "1" + "}" * 80, "PH123"),
        (b"\xff\xfe\x00", "PH107"),
        ("{}", "PH203"),
        ('{"case": "\\ud800"}', "PH128"),
        ('{"case": "a", "policy": "xinjiang"}', "PH203"),
    ],
)
def test_odd_json_is_refused_in_words(client, body, code):
    response = client.post("/api/evaluate", content=body, headers=JSON)
    assert response.status_code == 422
    assert codes(response)[0] == code


@pytest.mark.parametrize(
    "number", ["1" * 5000, "1e999999999", "-1", "0.0000000000000000000000001", "1" + "0" * 30]
)
def test_giant_and_odd_numbers_are_refused_where_they_stand(client, number):
    body = json.dumps(stated()).replace("90", number)
    response = client.post("/api/evaluate", content=body, headers=JSON)
    assert response.status_code == 422
    assert response.json()["findings"][0]["pointer"] == "/activities/0/hours"


@pytest.mark.parametrize(
    "ref",
    [
        "../../etc/passwd",
        "xinjiang/../../x@2023.1",
        "/etc/passwd",
        "C:\\x",
        "xinjiang@../2023.1",
        "file:///etc/passwd",
        "a\0b",
        "xinjiang@2023.1/..",
    ],
)
def test_no_reference_leads_out_of_the_library(client, ref):
    for response in (
        client.post("/api/evaluate", json=stated(), params={"policy": ref}),
        client.post("/api/evaluate", json=stated(policy=ref)),
    ):
        assert response.status_code == 422
        assert not {"PH101", "PH102", "PH103", "PH104"} & set(codes(response))
        assert "root:" not in response.text


def test_a_yaml_bomb_is_refused_by_its_first_anchor(client):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    for path in ("/api/evaluate", "/api/lint"):
        response = client.post(path, content=bomb, headers=YAML)
        assert codes(response) == ["PH124"]


def test_that_an_answer_took_too_long_is_told_in_words(client, monkeypatch):
    async def too_slow(*_):
        raise TooSlow

    monkeypatch.setattr("policyhours.workbench.work.Work.done", too_slow)
    response = client.post("/api/evaluate", json=stated())
    assert (response.status_code, codes(response)) == (503, ["DK407"])
    assert "10秒内没有算完" in response.json()["findings"][0]["says"]


@pytest.mark.parametrize(
    "media", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"]
)
def test_other_media_are_refused(client, media):
    for path in ("/api/evaluate", "/api/lint"):
        response = client.post(path, content=b"{}", headers={"content-type": media})
        assert (response.status_code, codes(response)) == (415, ["DK408"])


@pytest.mark.parametrize(
    "query", ["as_of=heute", "as_of=2025-02-30", "reading=share_base", "reading==x", "reading=a="]
)
def test_odd_parameters_are_refused(client, query):
    response = client.post(f"/api/evaluate?{query}", json=stated())
    assert (response.status_code, codes(response)) == (400, ["DK412"])


# ── lint ──


def test_a_filing_is_checked_as_the_command_line_does_it(client):
    text = "policy: trial\nversion: '2023.1'\ntitle：试行\n"
    report = client.post("/api/lint?name=C:\\temp\\试行.yaml", content=text.encode(), headers=YAML).json()
    assert report["errors"] == 1
    (finding,) = report["findings"]
    assert (finding["code"], finding["file"], finding["line"], finding["column"]) == (
        "PH117",
        "试行.yaml",
        3,
        6,
    )


def test_a_filing_may_be_called_what_no_file_of_this_computer_is_opened_for(client):
    for name in ("/etc/passwd", "../../secret.yaml", "a\0b", "x" * 5000, ""):
        response = client.post("/api/lint", params={"name": name}, content=b"case: a\n", headers=YAML)
        assert response.status_code == 200
        assert "root:" not in response.text


def test_gbk_is_told_as_such(client):
    report = client.post("/api/lint?name=a.yaml", content="title: 细则".encode("gbk"), headers=YAML).json()
    assert codes_of(report) == ["PH106"]
    assert "GBK" in report["findings"][0]["says"]


def test_what_is_no_text_is_told_as_such(client):
    report = client.post(
        "/api/lint?name=a.yaml", content=b"PK\x03\x04\x00\x00\xff\xfe\xff", headers=YAML
    ).json()
    assert codes_of(report) == ["PH107"]


def test_an_uploaded_filing_names_others_by_reference_only(client):
    text = "policy: trial\nversion: '2023.1'\ntitle: 甲\ndocument: 乙\nauthority: industry\nimplements: ../../etc/passwd\nissuers: [丙]\nstatus: draft\nin_force: {from: 2023-02-01}\n"
    report = client.post("/api/lint", content=text.encode(), headers=YAML).json()
    assert report["errors"]
    assert not {"PH101", "PH102", "PH103", "PH104"} & set(codes_of(report))


def codes_of(report):
    return [finding["code"] for finding in report["findings"]]


# ── what there is ──


def test_the_policies_are_listed_as_they_stand_on_a_day(client):
    data = client.get("/api/policies?as_of=2024-06-01").json()
    by_ref = {entry["policy"]: entry for entry in data["policies"]}
    assert by_ref["xinjiang@2023.1"]["in_force_on_day"] is True
    assert data["findings"] == []
    before = client.get("/api/policies?as_of=2020-01-01").json()
    assert not any(
        entry["in_force_on_day"] for entry in before["policies"] if entry["policy"].startswith("xinjiang")
    )


def test_faulty_policies_are_listed_beside_the_sound_ones(tmp_path):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/2023.1.yaml").write_text("policy：odd\n", encoding="utf-8")
    with client_of(workbench((tmp_path,), Address("127.0.0.1", 8765))) as client:
        data = client.get("/api/policies").json()
    assert data["policies"] == []
    assert codes_of(data) == ["PH117"]


def test_the_language_is_chinese_unless_asked_or_accepted(client):
    def word(path="/api/lint", **headers):
        response = client.post(path, content=b"", headers={**YAML, "accept-language": "", **headers})
        return response.json()["findings"][0]["says"]

    assert "no content" in word("/api/lint?lang=en")
    assert "no content" in word(**{"accept-language": "en-GB,en;q=0.9"})
    assert "没有内容" in word()
    assert "没有内容" in word(**{"accept-language": "de,fr;q=0.8"})
    assert "没有内容" in word(**{"accept-language": "en;q=0.5, zh-CN"})
    assert "没有内容" in word("/api/lint?lang=zh", **{"accept-language": "en"})
    assert "没有内容" in word(**{"accept-language": "en;q=0, zh;q=0.1"})
    assert "没有内容" in word("/api/lint?lang=xx", **{"accept-language": "zh;q=nonsense"})


def test_unknown_addresses_and_methods_are_told_in_words(client):
    assert codes(client.get("/api/nothing")) == ["DK404"]
    response = client.get("/api/evaluate")
    assert (response.status_code, codes(response), response.headers["allow"]) == (405, ["DK405"], "POST")
