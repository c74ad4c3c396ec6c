"""Draws a keras.applications network the way Keras does; prints the seconds it took, as JSON.

python plain_dot.py NETWORK TURNS        run by the guest's Python, with pydot on the path
"""

import json
import sys
import time

import keras

model = getattr(keras.applications, sys.argv[1])(weights=None)
seconds = []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    keras.utils.model_to_dot(model, show_shapes=True, rankdir="LR", splines="spline").create_svg()
    seconds.append(time.perf_counter() - begun)
print(json.dumps(seconds))
