"""Builds a network of keras.applications in plain Keras and prints the seconds of each build.

Run inside the guest's own Python, Keras imported before the clock starts; weights are made, as in
any program: `python plain_build.py ResNet50 3` prints three numbers as JSON, the first build first.
"""

import gc
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

build = getattr(keras.applications, sys.argv[1])
seconds = []
for _ in range(int(sys.argv[2])):
    keras.backend.clear_session()
    gc.collect()
    start = time.perf_counter()
    model = build(weights=None)
    seconds.append(time.perf_counter() - start)
    del model
print(json.dumps(seconds))
