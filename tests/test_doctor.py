"""The doctor names what is wrong and what to do, and finds nothing wrong where nothing is."""

import pytest

from sayso import doctor
from sayso.errors import BundleError
from sayso.reader import Reader


def found() -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.checks()}


def test_libraries_settings_and_rules_are_fine() -> None:
    checks = found()
    assert all(checks[name].fine for name in (*doctor.LIBRARIES, *doctor.SETTINGS, "rules"))
    assert "1 attribution" in checks["rules"].note


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", ("sayso-has-no-such-library",))
    check = found()["sayso-has-no-such-library"]
    assert not check.fine
    assert "install" in check.note


def test_a_setting_of_the_user_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    check = found()["ORT_DISABLE_TELEMETRY"]
    assert not check.fine
    assert "unset it" in check.note


def test_a_broken_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*, rules: bool) -> Reader:
        if rules:
            return Reader(rules=True)
        raise BundleError("the model's roles.onnx is truncated: reinstall sayso")

    monkeypatch.setattr(doctor, "Reader", broken)
    checks = found()
    assert checks["rules"].fine
    assert not checks["model"].fine
    assert checks["model"].note == "the model's roles.onnx is truncated: reinstall sayso"
