"""What the zygote imports, and the environment that keeps it at one thread. No imports here."""

LIBRARIES = (
    "numpy.random",
    "tensorflow",
    "tensorflow.python.data.ops.dataset_ops",
    "tensorflow.python.data.experimental",
    "keras",
    "keras.applications",
    "keras.datasets",
    "keras.ops",
    "keras.utils",
    "h5py",
)

ENVIRONMENT = {
    # Without these numpy's linear algebra keeps a thread, and TensorFlow one for each processor.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "HDF5_USE_FILE_LOCKING": "FALSE",
    "HDF5_PLUGIN_PATH": "::",
    "KERAS_BACKEND": "tensorflow",
    # Sets of strings come in the same order in every box: same paste, same figure.
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
    "LANG": "C.UTF-8",
}
