# Style transfer's feature extractor: VGG-19 from keras.applications cut to the layers whose outputs matter.
# dialect: keras2
# counts vgg
# The whole VGG-19 without its top: sixteen convolutions and five poolings. It is the largest.
# layers: 1 + 16 + 5 = 22
# edges: 22 - 1 = 21
# parameters: (9*3+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128 + (9*128+1)*256 + 3*(9*256+1)*256
#   + (9*256+1)*512 + 7*(9*512+1)*512 = 20024384
# expect vgg: layers=22 edges=21 parameters=20024384
# counts extractor
# From the input to block5_conv2: blocks of 2, 2, 4, 4 convolutions with poolings, then two convolutions.
# layers: 1 + (2+1) + (2+1) + (4+1) + (4+1) + 2 = 19
# edges: 19 - 1 = 18
# parameters: (9*3+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128 + (9*128+1)*256 + 3*(9*256+1)*256
#   + (9*256+1)*512 + 3*(9*512+1)*512 + 2*(9*512+1)*512 = 15304768
# expect extractor: layers=19 edges=18 parameters=15304768
from __future__ import print_function

import time

import numpy as np
from keras import backend as K
from keras.applications import vgg19
from keras.models import Model
from keras.preprocessing.image import img_to_array, load_img, save_img
from scipy.optimize import fmin_l_bfgs_b

base_image_path = 'paris.jpg'
style_reference_image_path = 'starry_night.jpg'
result_prefix = 'result'
iterations = 10
style_layers = ['block1_conv1', 'block2_conv1', 'block3_conv1', 'block4_conv1', 'block5_conv1']
content_layer = 'block5_conv2'
img_nrows, img_ncols = 400, 600


def preprocess_image(image_path):
    img = load_img(image_path, target_size=(img_nrows, img_ncols))
    img = np.expand_dims(img_to_array(img), axis=0)
    return vgg19.preprocess_input(img)


vgg = vgg19.VGG19(weights='imagenet', include_top=False, input_shape=(img_nrows, img_ncols, 3))
print('Model loaded.')
outputs_dict = dict([(layer.name, layer.output) for layer in vgg.layers])
extractor = Model(inputs=vgg.input,
                  outputs=[outputs_dict[name] for name in style_layers + [content_layer]])


def gram_matrix(x):
    features = K.batch_flatten(K.permute_dimensions(x, (2, 0, 1)))
    return K.dot(features, K.transpose(features))


style = extractor.predict(preprocess_image(style_reference_image_path))
content = extractor.predict(preprocess_image(base_image_path))
x = preprocess_image(base_image_path)
for i in range(iterations):
    start_time = time.time()
    features = extractor.predict(x)
    loss = sum(float(np.sum(np.square(a - b))) for a, b in zip(features, style))
    x, min_val, details = fmin_l_bfgs_b(lambda flat: loss, x.flatten(), maxfun=20)
    x = x.reshape((1, img_nrows, img_ncols, 3))
    save_img(result_prefix + '_at_iteration_%d.png' % i, x[0])
    print('Iteration %d completed in %ds' % (i, time.time() - start_time))
