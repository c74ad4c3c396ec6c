import os
from pathlib import Path

from netfig_sandbox.guest.sweep import sweep


def test_removes_a_tree_deeper_than_any_path_or_stack(tmp_path: Path) -> None:
    place = tmp_path / "run"
    place.mkdir()
    here = os.open(place, os.O_RDONLY)
    for _ in range(3000):
        os.mkdir("d" * 50, dir_fd=here)
        inner = os.open("d" * 50, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    assert sweep(str(place))
    assert not place.exists()


def test_follows_no_link_and_opens_what_was_locked(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    place = tmp_path / "run"
    (place / "a" / "b").mkdir(parents=True)
    (place / "a" / "b" / "file").write_text("x")
    (place / "link").symlink_to(outside)
    (place / "a" / "link").symlink_to("/")
    (place / "loop").symlink_to("loop")
    os.mkfifo(place / "pipe")
    (place / ("n" * 255)).write_text("")
    (place / "a" / "b").chmod(0)
    (place / "a").chmod(0)
    assert sweep(str(place))
    assert not place.exists()
    assert (outside / "kept").read_text() == "kept"


def test_gives_up_where_there_is_too_much(tmp_path: Path) -> None:
    place = tmp_path / "run"
    place.mkdir()
    for index in range(30):
        (place / f"d{index}" / "e").mkdir(parents=True)
    assert not sweep(str(place), entries=5)


def test_a_link_in_place_of_the_directory_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "other")
    assert not sweep(str(tmp_path / "run"))
    assert (tmp_path / "other").exists()
    assert sweep(str(tmp_path / "absent"))
