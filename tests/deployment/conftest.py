from collections.abc import Iterator

import pytest
import tools
from deployment.stack import Stack, missing, stack


@pytest.fixture(scope="module")
def service() -> Iterator[Stack]:
    for tool in ("docker", "compose", "root"):
        if not tools.present(tool):
            pytest.skip(tools.reason(tool))
    if lacking := missing():
        pytest.skip(f"needs the images {', '.join(lacking)}; backend/deploy/images.sh makes them")
    with stack() as made:
        yield made
