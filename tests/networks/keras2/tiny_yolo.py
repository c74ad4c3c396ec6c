# Tiny YOLO, third version: two outputs at two scales, the finer one fed from deep inside by upsampling and concatenation.
# dialect: keras2
# Input; eleven conv-bn-leaky triples; six poolings; two last convolutions; upsampling; concatenation.
# layers: 1 + 11*3 + 6 + 2 + 1 + 1 = 44
# edges: 44 - 1 + 1 = 44
# parameters: 9*3*16 + 4*16 + 9*16*32 + 4*32 + 9*32*64 + 4*64 + 9*64*128 + 4*128 + 9*128*256 + 4*256
#   + 9*256*512 + 4*512 + 9*512*1024 + 4*1024 + 1024*256 + 4*256
#   + 9*256*512 + 4*512 + (512+1)*255
#   + 256*128 + 4*128 + 9*(128+256)*256 + 4*256 + (256+1)*255 = 8858734
# expect: layers=44 edges=44 parameters=8858734
from functools import reduce, wraps

import numpy as np
from keras.layers import Concatenate, Conv2D, Input, MaxPooling2D, UpSampling2D
from keras.layers.advanced_activations import LeakyReLU
from keras.layers.normalization import BatchNormalization
from keras.models import Model
from keras.regularizers import l2
from PIL import Image


def compose(*funcs):
    if not funcs:
        raise ValueError('Composition of empty sequence not supported.')
    return reduce(lambda f, g: lambda *a, **kw: g(f(*a, **kw)), funcs)


@wraps(Conv2D)
def DarknetConv2D(*args, **kwargs):
    settings = {'kernel_regularizer': l2(5e-4)}
    settings['padding'] = 'valid' if kwargs.get('strides') == (2, 2) else 'same'
    settings.update(kwargs)
    return Conv2D(*args, **settings)


def DarknetConv2D_BN_Leaky(*args, **kwargs):
    no_bias_kwargs = {'use_bias': False}
    no_bias_kwargs.update(kwargs)
    return compose(DarknetConv2D(*args, **no_bias_kwargs), BatchNormalization(), LeakyReLU(alpha=0.1))


def tiny_yolo_body(inputs, num_anchors, num_classes):
    x1 = compose(
        DarknetConv2D_BN_Leaky(16, (3, 3)),
        MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding='same'),
        DarknetConv2D_BN_Leaky(32, (3, 3)),
        MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding='same'),
        DarknetConv2D_BN_Leaky(64, (3, 3)),
        MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding='same'),
        DarknetConv2D_BN_Leaky(128, (3, 3)),
        MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding='same'),
        DarknetConv2D_BN_Leaky(256, (3, 3)))(inputs)
    x2 = compose(
        MaxPooling2D(pool_size=(2, 2), strides=(2, 2), padding='same'),
        DarknetConv2D_BN_Leaky(512, (3, 3)),
        MaxPooling2D(pool_size=(2, 2), strides=(1, 1), padding='same'),
        DarknetConv2D_BN_Leaky(1024, (3, 3)),
        DarknetConv2D_BN_Leaky(256, (1, 1)))(x1)
    y1 = compose(DarknetConv2D_BN_Leaky(512, (3, 3)),
                 DarknetConv2D(num_anchors * (num_classes + 5), (1, 1)))(x2)
    x2 = compose(DarknetConv2D_BN_Leaky(128, (1, 1)), UpSampling2D(2))(x2)
    y2 = compose(Concatenate(), DarknetConv2D_BN_Leaky(256, (3, 3)),
                 DarknetConv2D(num_anchors * (num_classes + 5), (1, 1)))([x2, x1])
    return Model(inputs, [y1, y2])


def get_classes(path):
    with open(path) as f:
        return [c.strip() for c in f.readlines()]


class YOLO(object):
    def __init__(self, model_path='model_data/tiny_yolo_weights.h5'):
        self.yolo_model = tiny_yolo_body(Input(shape=(416, 416, 3)), 6 // 2, 80)
        self.yolo_model.load_weights(model_path)
        print('{} model and weights loaded.'.format(model_path))

    def detect_image(self, image):
        boxed = image.resize((416, 416), Image.BICUBIC)
        image_data = np.array(boxed, dtype='float32') / 255.
        return self.yolo_model.predict(np.expand_dims(image_data, 0))


if __name__ == '__main__':
    yolo = YOLO()
    class_names = get_classes('model_data/coco_classes.txt')
    img = input('Input image filename:')
    yolo.detect_image(Image.open(img))
