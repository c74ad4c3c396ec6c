"""Which Keras a paste is written for, read from its text: `prefers(code)`.

Keras 3 takes what is new or neutral; Keras 2 (tf_keras) what uses names, arguments or TensorFlow
functions that only it understands. It must not run anything.
"""

import re

_NEW = re.compile(
    r"keras\.ops|from keras import .*\bops\b|KERAS_BACKEND|keras\.random\b|from keras import .*"
    r"\brandom\b|import keras_(?:hub|cv|nlp|core)|from keras_(?:hub|cv|nlp)|keras\.saving|"
    r"keras\.(?:Variable|KerasTensor|StatelessScope|distribution|tree|dtype_policies)\b|"
    r"GroupQueryAttention|compute_output_spec"
)
_OLD = re.compile(
    r"keras\.(?:layers|engine|utils|legacy|callbacks|preprocessing|backend|regularizers|models|"
    r"optimizers|datasets)\.\w+ import|keras\.engine|tensorflow\.python|compat\.v1|contrib|"
    r"\bkeras import .*\bbackend\b|keras\.backend|\bK\.\w+\(|np_utils|_generator\(|"
    r"border_mode|nb_epoch|subsample|Convolution[123]D|\bmerge\(|\bMerge\(|output_dim|"
    r"\blr ?=|\bdecay ?=|samples_per_epoch|dim_ordering|\bprint [\"'\w]|add_loss\(|"
    r"layers\.experimental|tf\.(?!keras|data|random|__version__|config|test|io|saved_model|lite|"
    r"distribute|compat|GradientTape|constant_initializer|function\b|train|summary|one_hot\()\w+[\w.]*\(|"
    r"tf\.(?:Session|placeholder|get_default_graph|app|set_random_seed)|CuDNN(?:LSTM|GRU)|"
    r"keras_contrib|tensorflow_addons|set_session|multi_gpu_model|ModelCheckpoint|"
    r"keras\.preprocessing|ImageDataGenerator|Tokenizer|KerasClassifier|KerasRegressor|"
    r"scikit_learn|tensorflow_probability|tensorflow_hub"
)


def prefers(code: str) -> str:
    """`"keras2"` or `"keras3"`: what to try first."""
    if _NEW.search(code):
        return "keras3"
    return "keras2" if _OLD.search(code) else "keras3"


def other(dialect: str) -> str:
    """The dialect to try when the first fails."""
    return "keras2" if dialect == "keras3" else "keras3"
