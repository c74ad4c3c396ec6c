"""netfig draw FIGURE: an exported file is drawn again, with no run."""

import os
import subprocess
from pathlib import Path

import pytest
from cli.conftest import PROGRAM, Netfig
from cli.test_commands import CODE

FORMS = ("svg", "pdf", "png", "eps")


@pytest.fixture(scope="module")
def figures(netfig: Netfig, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One figure in every format, with settings of its own."""
    folder = tmp_path_factory.mktemp("figures")
    files = {form: folder / f"figure.{form}" for form in FORMS}
    outputs = [part for path in files.values() for part in ("-o", str(path))]
    settings = ("--venue", "acl", "--column", "one", "--palette", "tol", "--caption", "Ours.")
    ran = netfig("draw", "-", *outputs, *settings, "--dpi", "100", code=CODE)
    assert ran.returncode == 0, ran.stderr
    return files


def draw(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The program where no guest is to be had: a run would fail."""
    return subprocess.run(
        (*PROGRAM, "draw", *map(str, arguments)),
        env={**os.environ, "NETFIG_RUNNER": os.devnull},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_format_makes_every_format_again(
    figures: dict[str, Path], form: str, tmp_path: Path
) -> None:
    again = {other: tmp_path / f"again.{other}" for other in FORMS}
    outputs = [part for path in again.values() for part in ("-o", path)]
    ran = draw(figures[form], *outputs, "--dpi", "100")
    assert ran.returncode == 0, ran.stderr
    for other in FORMS:
        assert again[other].read_bytes() == figures[other].read_bytes(), other


def test_what_is_asked_for_changes_and_the_rest_stays(
    figures: dict[str, Path], tmp_path: Path
) -> None:
    level, back = tmp_path / "level.svg", tmp_path / "back.svg"
    assert draw(figures["pdf"], "--level", 1, "--width", "10cm", "-o", level).returncode == 0
    text = level.read_text()
    assert text != figures["svg"].read_text() and "<desc>Ours.</desc>" in text
    assert 'width="283.465pt"' in text
    assert draw(level, "--level", 0, "--venue", "acl", "-o", back).returncode == 0
    first = figures["svg"].read_text()
    assert back.read_text().split("viewBox")[1][:40] == first.split("viewBox")[1][:40]


def test_a_file_without_document_says_so(figures: dict[str, Path], tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    assert draw(figures["svg"], "--no-document", "-o", plain).returncode == 0
    ran = draw(plain, "-o", tmp_path / "again.pdf")
    assert ran.returncode == 1
    assert ran.stderr.startswith("netfig: This file carries no figure of Netfig.")


def test_outlined_text_needs_no_font(figures: dict[str, Path], tmp_path: Path) -> None:
    outlined = tmp_path / "outlined.svg"
    assert draw(figures["eps"], "--outlined", "-o", outlined).returncode == 0
    assert "<text" not in outlined.read_text() and "aria-label=" in outlined.read_text()
