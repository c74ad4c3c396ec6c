"""What runs inside a box: the zygote, the child with its walls, and the capture of a paste."""
