"""What a run may use in these tests: seconds of a processor, and in all."""

CPU, WALL = 2, 8
