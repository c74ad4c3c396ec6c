"""Removes what a run left behind, which may have been built to make that hard.

Works by directory descriptors and names of one part, so that no link is ever followed, and brings
every directory to the top before entering it, so that no depth is too deep.
"""

import os
import stat


def sweep(place: str, entries: int = 100_000) -> bool:
    """Removes the directory `place` and what is in it; False when something could not be removed.

    At most `entries` names are looked at: a box with more is not worth cleaning.
    """
    try:
        top = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return not os.path.lexists(place)
    try:
        left = entries
        found = True
        while found and left > 0:
            found = False
            for name in os.listdir(top):
                left -= 1
                found = True
                if not _remove(top, name):
                    left -= _raise_children(top, name, entries - left)
    except OSError:
        return False
    finally:
        os.close(top)
    try:
        os.rmdir(place)
    except OSError:
        return False
    return True


def _remove(parent: int, name: str) -> bool:
    """Removes one name; False for a directory that holds something."""
    if stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
        try:
            os.rmdir(name, dir_fd=parent)
        except OSError:
            return False
    else:
        os.unlink(name, dir_fd=parent)
    return True


def _raise_children(top: int, name: str, serial: int) -> int:
    """Empties the directory `name`: files go, directories move to the top. Returns their number."""
    os.chmod(name, 0o700, dir_fd=top)
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        names = os.listdir(inner)
        for index, each in enumerate(names):
            if not _remove(inner, each):
                os.chmod(each, 0o700, dir_fd=inner)
                os.rename(each, f".{serial}-{index}", src_dir_fd=inner, dst_dir_fd=top)
    finally:
        os.close(inner)
    return len(names)
