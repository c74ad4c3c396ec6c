"""The deployment over a restart of the container engine, which ends every container of the machine.

A stage of its own in scripts/run_tests.py: nothing else may use the engine meanwhile.
"""

import os
import subprocess
import time

import pytest
from deployment.stack import CODE, Stack, haste, kept, until

pytestmark = [pytest.mark.slow, pytest.mark.needs("docker", "compose", "root")]
COMMAND = os.environ.get("NETFIG_TESTS_ENGINE_RESTART")


@pytest.mark.skipif(
    COMMAND is None,
    reason="ends every container of this machine; to have it: NETFIG_TESTS_ENGINE_RESTART="
    "'sandbox/engine.sh --restart', as .ci/run says",
)
def test_after_a_restart_of_the_engine_it_draws_again(service: Stack) -> None:
    assert COMMAND is not None
    figure, drawn = kept(service)
    orphans = service.boxes()
    assert orphans
    began = time.monotonic()
    subprocess.run(COMMAND, shell=True, check=True)
    stood = time.monotonic()
    until(lambda: service.paste(f"{CODE}# again\n", seconds=20)[0] == 201, 90 * haste())
    took = time.monotonic() - stood
    print(
        f"drawing again {took:.1f} s after the engine was back, which took {stood - began:.1f} s; "
        f"load {haste():.1f}"
    )
    assert took < 30 * haste()
    assert service.ask("GET", f"/api/figures/{figure}/figure.svg") == (200, drawn)
    until(lambda: not orphans & service.boxes(), 20 * haste())
