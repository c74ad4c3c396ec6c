"""The pool over real zygotes without libraries."""

import asyncio
import sys
import time
from pathlib import Path

from netfig_sandbox.limits import PoolLimits
from netfig_sandbox.local import LocalBoxes
from netfig_sandbox.pool import Pool
from runners import LIGHT


def test_a_box_is_not_idle_between_its_start_and_the_moment_it_is_held(tmp_path: Path) -> None:
    async def look() -> None:
        boxes = LocalBoxes(Path(sys.executable), program=[str(LIGHT)])
        pool = Pool(boxes, tmp_path / "boxes", PoolLimits(warm=0, idle=5))
        await pool.open()
        try:
            box = await pool.lease("one", lambda: None)
            pool.give_back(box)
            # As it stands when it has been let and the one who waits for it has not woken up yet.
            box.used = 0.0
            pool._let(box, "another")
            assert not box.busy and not pool._over(box, time.monotonic())
            assert pool._over(box, time.monotonic() + 6)
        finally:
            await pool.close()

    asyncio.run(asyncio.wait_for(look(), 30))
