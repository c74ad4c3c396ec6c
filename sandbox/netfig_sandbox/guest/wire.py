"""What passes between the runner and a box, and how runs end. Standard library only.

Control socket (SEQPACKET; the box dials it; only the zygote holds it), one packet a message:
    to the zygote    `RUN` id, with the job's descriptor attached; `KILL` id
    from the zygote  first a JSON object: {"walls": …, "libraries": …} or {"refused": "why"}; then
                     `ENDED` id, wait status, processor time in µs, peak memory in KiB, 1 if
                     nothing of the run is left

Job descriptor (a socket pair of its own for each run; only its child holds the other end):
    to the child     4 bytes of length, a JSON object {"code", "options", "limits"}
    from the child   any number of: 1 byte of kind, 4 bytes of length, a JSON object

How a run ended is told by its wait status alone: whatever is written may be a stranger's.
"""

import struct

RUN, KILL, ENDED = 1, 2, 3
ORDER = struct.Struct(">BI")
REPORT = struct.Struct(">BIiQQB")
# In place of a wait status: no child could be forked.
NOT_STARTED = -1

LENGTH = struct.Struct(">I")
INTERIM, FINAL = 1, 2
FRAME = struct.Struct(">BI")

# Exit statuses of a child. 0: the last frame is the answer.
NO_MEMORY, TIME_CPU, TIME_WALL, BROKEN, NO_WALLS = 10, 11, 12, 13, 14
