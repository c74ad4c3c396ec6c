"""Every number of the sandbox, with its reason. Standard library only; part of the guest too.

Measured anchors: a 5-layer model costs 0.03 s of processor, ResNet50 0.2 s, the largest networks of
keras.applications 1.1 s; legal runs map up to 2.0 GB of addresses and 0.4 GB of them writable.
"""

from dataclasses import dataclass

MIB = 1 << 20

# --- one run, enforced in the child -------------------------------------------------------------
# Ten times the largest network known to us, on a processor shared with others.
CPU_SECONDS = 10
# For a run that sleeps, or waits for a processor.
WALL_SECONDS = 20
# The polite stop (an exception in the paste) comes first; the kernel's stop this much later.
GRACE_SECONDS = 1
# TensorFlow maps much and touches little; below 2.1 GB `fit` fails.
ADDRESS_BYTES = 3 << 30
# Private writable memory: twice the most a legal run used.
DATA_BYTES = 768 * MIB
# A saved model of a paste that saves; results leave through a socket, not a file.
FILE_BYTES = 8 * MIB
OPEN_FILES = 64

# --- one run, enforced by the runner ------------------------------------------------------------
# The capture format allows 2 MB; interim captures may come before the last one.
CAPTURE_BYTES = 2_000_000
STREAM_BYTES = 5 * CAPTURE_BYTES
# What may be nested in an answer before a reader's stack is at risk.
DEPTH = 32
# A killed child reports at once; a box that does not is lost.
REPORT_SECONDS = 2.0

# --- one box ------------------------------------------------------------------------------------
# 482 MB resident of which 195 MB its own, plus the largest legal run; equal swap means no swap.
BOX_MEMORY = 1 << 30
# TensorFlow starts about a dozen threads for `fit`.
BOX_PROCESSES = 64
BOX_TMP = "32m"
BOX_INODES = 1024
BOX_OPEN_FILES = 256
BOX_FILE_BYTES = 16 * MIB
SHARES = 1024
# What a box is lowered to once its run is no longer a short one, or its session never pauses: 1/32
# against a fresh run.
SHARES_AGED = 32
# For the start of a box for which a session that never pauses waits: with less it might not come to
# an end beside busy ones. One that nobody waits for has time.
SHARES_START = 128
AGE_SECONDS = 1.5
# Imports take 2.5 s alone on a processor and four times that when four boxes start at once.
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLimits:
    """What one run may use. Seconds and bytes; the runner sends them with each request."""

    cpu: float = CPU_SECONDS
    wall: float = WALL_SECONDS
    address: int = ADDRESS_BYTES
    written: int = DATA_BYTES
    file: int = FILE_BYTES
    open_files: int = OPEN_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """How many boxes and for how long. Times in seconds on the monotonic clock."""

    # Ready for a new session; each costs 195 MB.
    warm: int = 2
    # 12 boxes at 1 GB each are the most a 24 GB machine can promise.
    cap: int = 12
    # A session that types again within five minutes finds its box.
    idle: float = 300.0
    # A box is never old, whatever was left in it.
    life: float = 1800.0
    jobs: int = 200
    # A flood of new sessions may not take a box from a session that has just got it.
    keep: float = 10.0
    # How long a new session waits for one when all are let.
    patience: float = 8.0
    sweep: float = 10.0
    # A box that nobody waits for takes a fifth of two processors while it starts, whatever its
    # shares; so it is begun when for this long no session came and a slot was free, ...
    calm: float = 1.0
    # ... or else after this long: the next session should find one.
    overdue: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLimits:
    """Who may run and who may wait."""

    # Runs at once in each of the two queues: one a processor on the machine this was measured on.
    # With runs that became long it is three times as many in all.
    slots: int = 2
    # Longer queues answer later than a person waits.
    waiting: int = 32
    patience: float = 8.0
    # A session is hot when it had a run for more than `heated` of the last `memory` seconds (older
    # ones count for less), until that falls to `cooled`. Who edits looks at the figure in between,
    # and reaches three quarters with runs of ResNet50; a program that floods is hot after 5 s, and
    # cool after a pause of 1.4 s.
    memory: float = 2.0
    heated: float = 0.9
    cooled: float = 0.5
    # How many sessions are remembered at least.
    sessions: int = 256
    # Open connections to the runner, waiting and running and asking for the status.
    connections: int = 256
    request_seconds: float = 10.0


# Local runs serve one person: fewer boxes.
LOCAL_POOL = PoolLimits(warm=1, cap=4)
