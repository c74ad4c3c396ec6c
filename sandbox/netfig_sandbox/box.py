"""One box as a container: the constant create body, and the few calls that make and end boxes.

Nothing of a request reaches the engine but an opaque session label; every other word of the create
body is written here.
"""

import logging
from collections.abc import Mapping
from typing import Any

import docker
import docker.errors
from docker.types import LogConfig, Mount, Ulimit

from . import limits
from .guest.libraries import ENVIRONMENT
from .profile import profile
from .version import guest_version, image

LABEL = "netfig.sandbox"
# A fork copies the page tables of what was allocated, and its end walks them: with large pages a
# run costs a tenth less.
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
_NOBODY = "65534:65534"

log = logging.getLogger(__name__)


class NoEngine(Exception):
    """No container engine, or not the guest image, or not the runtime. The text says what to do."""


class DockerBoxes:
    """Makes and ends boxes. Blocking; the runner calls it from threads."""

    kind = "docker"

    def __init__(
        self,
        *,
        runtime: str = "runc",
        weak: bool = False,
        owner: str = "netfig",
        guest: str = "",
    ) -> None:
        """`owner` names this runner: it sweeps the boxes bearing its own name alone.

        `guest` is an image to use in place of the one made for this checkout. Raises NoEngine.
        """
        self.tier = runtime
        self.guest = guest_version()
        self._runtime = runtime
        self._weak = weak
        self._owner = owner
        self._profile = profile()
        try:
            self._client = docker.from_env(timeout=60)
            about = self._client.info()
        except (docker.errors.DockerException, OSError) as error:
            raise NoEngine("no container engine answers; `make engine` starts one") from error
        if runtime not in about.get("Runtimes", {}):
            raise NoEngine(f"the container engine has no runtime {runtime}")
        options = about.get("SecurityOptions") or []
        self._apparmor = any("apparmor" in option for option in options)
        if any("userns" in option or "rootless" in option for option in options):
            self.tier += "+userns"
        try:
            # By its digest: a tag moved under our feet changes nothing.
            self._image = str(self._client.images.get(guest or image()).id)
        except docker.errors.ImageNotFound as error:
            raise NoEngine(
                "a container engine answers, but has no image of this version's guest, "
                f"{guest or image()}; `make engine` builds it"
            ) from error
        if guest:
            self.guest = self._image.removeprefix("sha256:")[:16]

    def body(self, place: str, name: str, shares: int = limits.SHARES) -> dict[str, Any]:
        """What a box is created with. `place` holds its socket and is mounted read-only."""
        security = ["no-new-privileges", f"seccomp={self._profile}"]
        if self._apparmor:
            security.append("apparmor=docker-default")
        command = ["/run/z/s.sock", "/tmp"]
        return {
            "image": self._image,
            "command": [*command, "--weak"] if self._weak else command,
            "name": name,
            "hostname": "box",
            "labels": {LABEL: self._owner},
            "runtime": self._runtime,
            "network_mode": "none",
            "ipc_mode": "none",
            "read_only": True,
            "user": _NOBODY,
            "cap_drop": ["ALL"],
            "security_opt": security,
            "pids_limit": limits.BOX_PROCESSES,
            "mem_limit": limits.BOX_MEMORY,
            "memswap_limit": limits.BOX_MEMORY,
            "nano_cpus": 1_000_000_000,
            "cpu_shares": shares,
            "oom_score_adj": 500,
            "ulimits": [
                Ulimit(name="core", soft=0, hard=0),
                Ulimit(name="nofile", soft=limits.BOX_OPEN_FILES, hard=limits.BOX_OPEN_FILES),
                Ulimit(name="fsize", soft=limits.BOX_FILE_BYTES, hard=limits.BOX_FILE_BYTES),
            ],
            "log_config": LogConfig(type="none"),
            "tmpfs": {
                "/tmp": f"rw,noexec,nosuid,nodev,size={limits.BOX_TMP},"
                f"nr_inodes={limits.BOX_INODES},mode=1777"
            },
            "mounts": [Mount(target="/run/z", source=place, type="bind", read_only=True)],
            "environment": {**ENVIRONMENT, **LARGE_PAGES, "NETFIG_BOX": "1"},
            "detach": True,
            # A zygote ends when its runner does; the engine then clears away what is left of the
            # box, though no runner of this name may ever come again.
            "auto_remove": True,
            "stdin_open": False,
        }

    def start(self, name: str, place: str, shares: int) -> str:
        """Starts a box; its zygote dials `place`/s.sock. Returns the container's id."""
        try:
            container = self._client.containers.run(**self.body(place, name, shares))
        except (docker.errors.DockerException, OSError) as error:
            raise NoEngine(f"the container engine refused a box: {error}") from error
        return str(container.id)

    def share(self, box: str, shares: int) -> None:
        """Changes a box's weight against the others when processors are short."""
        try:
            self._client.api.update_container(box, cpu_shares=shares)
        except (docker.errors.DockerException, OSError) as error:
            log.warning("shares of box %s: %s", box[:12], error)

    def remove(self, box: str) -> None:
        """Ends a box, whatever it does. A box that is gone already is fine."""
        try:
            self._client.api.remove_container(box, force=True, v=True)
        except docker.errors.NotFound:
            pass
        except docker.errors.APIError as error:
            # 409: the engine is at it already.
            if error.status_code != 409:
                log.warning("removing box %s: %s", box[:12], error)
        except (docker.errors.DockerException, OSError) as error:
            log.warning("removing box %s: %s", box[:12], error)

    def present(self) -> Mapping[str, str]:
        """Every box of this runner that the engine knows: id -> state. Empty if it is away."""
        try:
            found = self._client.api.containers(
                all=True, filters={"label": f"{LABEL}={self._owner}"}
            )
        except (docker.errors.DockerException, OSError) as error:
            log.warning("listing boxes: %s", error)
            return {}
        return {str(each["Id"]): str(each["State"]) for each in found}
