"""``policyhours serve``: opened, refused in words, closed."""

from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from policyhours.cli.serve import serve
from policyhours.text.finding import Refused
from policyhours.workbench.server import opened


def told(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(serve, [*arguments, "--no-browser", "--lang", "zh"])
    return done.exit_code, done.output


def test_a_second_workbench_on_the_port_is_told_where_the_first_is_and_what_to_do():
    listening, address = opened("127.0.0.1", 0)
    with listening:
        code, said = told("--port", str(address.port))
    assert code == 1
    assert f"端口 {address.port} 已被占用" in said
    assert f"http://127.0.0.1:{address.port}/" in said
    assert f"--port {address.port + 1}" in said


def test_the_port_is_free_again_once_the_workbench_is_closed():
    listening, address = opened("127.0.0.1", 0)
    listening.close()
    again, _ = opened("127.0.0.1", address.port)
    again.close()


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.7", "a b", "x" * 300])
def test_an_address_of_another_computer_is_refused_in_words(host):
    code, said = told("--host", host)
    assert code == 1
    assert "DK431" in said and "不是本机的地址" in said


def test_other_computers_are_let_in_only_knowingly(monkeypatch):
    monkeypatch.setattr("policyhours.workbench.server.run", lambda listening, *_: listening.close())
    code, said = told("--host", "0.0.0.0", "--port", "0")
    assert code == 0
    assert "DK432" in said and "没有密码" in said
    code, said = told("--port", "0")
    assert code == 0
    assert "DK432" not in said


def test_an_open_address_is_known_as_such():
    for host, others in (("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True)):
        listening, address = opened(host, 0)
        listening.close()
        assert address.others is others


def test_without_its_extra_the_clerk_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, said = told()
    assert code == 1
    assert 'pip install "policyhours[workbench]"' in said
    assert "uvicorn" in said


def test_a_folder_of_policies_that_is_none_is_refused(tmp_path):
    code, said = told("--policies", str(tmp_path / "nothing"))
    assert (code, "PH321" in said) == (1, True)


def test_a_port_that_nobody_may_use_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Refused):
            opened("127.0.0.1", taken.getsockname()[1])
