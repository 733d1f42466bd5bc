"""A file is UTF-8 text, or the error says what it is and what to do."""

from __future__ import annotations

import codecs

import pytest

from policyhours.text.finding import Refused
from policyhours.text.source import MAX_BYTES, read_source, source_from_bytes

SENTENCE = "title: 专业技术人员继续教育\nhours: 90\n"


def finding(data, **options):
    with pytest.raises(Refused) as caught:
        source_from_bytes(data, "规定.yaml", **options)
    (found,) = caught.value.findings
    return found


def test_utf8_is_read():
    assert source_from_bytes(SENTENCE.encode(), "x").text == SENTENCE


def test_a_byte_order_mark_and_the_line_ends_of_other_systems_change_nothing():
    windows = codecs.BOM_UTF8 + SENTENCE.replace("\n", "\r\n").encode()
    old_mac = SENTENCE.replace("\n", "\r").encode()
    assert source_from_bytes(windows, "x").text == source_from_bytes(old_mac, "x").text == SENTENCE


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("gbk", "GBK"),
        ("gb18030", "GBK"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
    ],
)
def test_another_encoding_is_named(codec, name):
    found = finding(SENTENCE.encode(codec))
    assert (found.code, found.args["encoding"]) == ("PH106", name)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe",
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\xa4\xd4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"caf\xe9 cr\xe8me",
        bytes(range(256)),
    ],
    ids=["picture", "workbook", "old document", "latin", "all bytes"],
)
def test_what_is_no_text_of_ours_is_not_guessed_at(data):
    assert finding(data).code == "PH107"


def test_damaged_text_is_told_from_another_encoding_and_shown():
    found = finding("title: 继续教育\nnote: 学时".encode() + b"\xe5\xad" + "登记认定\n".encode())
    assert (found.code, str(found.place)) == ("PH129", "规定.yaml:2:9")


def test_text_that_was_damaged_earlier_is_shown_too():
    assert finding("title: 继\ufffd教育\n".encode()).code == "PH129"


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\u2028", "\u202e", "\u2066", "\ufeff"],
)
def test_what_nobody_sees_is_refused_at_its_place(character):
    found = finding(f"a: 1\r\n键: 甲{character}乙\r\n".encode())
    assert (found.code, str(found.place)) == ("PH108", "规定.yaml:2:5")
    assert found.args["found"] == f"U+{ord(character):04X}"


def test_a_size_beyond_the_limit_is_refused():
    assert finding(b"x" * (MAX_BYTES + 1)).args["limit"] == "4 MiB"
    assert finding(b"x" * 2049, limit=2048).args["limit"] == "2 KiB"
    assert finding(b"x" * 12, limit=11).args["limit"] == "11 B"
    assert source_from_bytes(b"x" * 11, "x", limit=11).text == "x" * 11


def test_the_size_of_a_file_is_bounded_too(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"x" * 12)
    with pytest.raises(Refused, match="PH105"):
        read_source(path, limit=11)


def test_lines_are_counted_from_one_and_end_quietly():
    source = source_from_bytes("甲\n乙".encode(), "x")
    assert [source.line(n) for n in (0, 1, 2, 3)] == ["", "甲", "乙", ""]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("missing.yaml", "PH101"),
        ("file.yaml/below.yaml", "PH101"),
        ("folder", "PH103"),
        ("nul\0.yaml", "PH104"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, code):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.yaml").touch()
    with pytest.raises(Refused) as caught:
        read_source(tmp_path / name)
    assert [found.code for found in caught.value.findings] == [code]


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", forbidden)
    with pytest.raises(Refused, match="没有权限"):
        read_source(tmp_path / "x.yaml")


def test_a_name_is_shown_from_the_working_folder(tmp_path, monkeypatch):
    inside, outside = tmp_path / "work" / "policies", tmp_path / "elsewhere.yaml"
    inside.mkdir(parents=True)
    (inside / "a.yaml").touch()
    outside.touch()
    monkeypatch.chdir(tmp_path / "work")
    assert read_source(inside / "a.yaml").name == "policies/a.yaml"
    assert read_source(inside / ".." / "policies" / "a.yaml").name == "policies/a.yaml"
    assert read_source(outside).name == outside.as_posix()
