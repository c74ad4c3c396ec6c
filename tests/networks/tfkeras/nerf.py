# The perceptron of a neural radiance field: position and direction come in apart, the position once more half way.
# dialect: tfkeras
# Two inputs, eight dense, the position again, density, bottleneck, the direction, dense, colour, both together.
# layers: 2 + 8 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 17
# edges: 8 + 2 + 1 + 1 + 2 + 1 + 1 + 2 = 18
# parameters: (63+1)*256 + 4*(256+1)*256 + (256+63+1)*256 + 2*(256+1)*256
#   + (256+1)*1 + (256+1)*256 + (256+27+1)*128 + (128+1)*3 = 595844
# expect: layers=17 edges=18 parameters=595844
import imageio
import numpy as np
import tensorflow as tf
from tqdm import tqdm

L_XYZ, L_DIR = 10, 4
data = np.load("tiny_nerf_data.npz")
images, poses, focal = data["images"], data["poses"], float(data["focal"])
H, W = 100, 100


def positional_encoding(x, levels):
    encoded = [x]
    for i in range(levels):
        for fn in (tf.sin, tf.cos):
            encoded.append(fn(2.0 ** i * x))
    return tf.concat(encoded, -1)


def get_rays(pose):
    i, j = tf.meshgrid(tf.range(W, dtype=tf.float32), tf.range(H, dtype=tf.float32), indexing="xy")
    dirs = tf.stack([(i - W * .5) / focal, -(j - H * .5) / focal, -tf.ones_like(i)], -1)
    rays_d = tf.reduce_sum(dirs[..., tf.newaxis, :] * pose[:3, :3], -1)
    return tf.broadcast_to(pose[:3, -1], tf.shape(rays_d)), rays_d


def init_model(D=8, width=256):
    relu = tf.keras.layers.ReLU()
    dense = lambda units=width, act="relu": tf.keras.layers.Dense(units, activation=act)
    xyz = tf.keras.Input(shape=(3 + 3 * 2 * L_XYZ,), name="position")
    direction = tf.keras.Input(shape=(3 + 3 * 2 * L_DIR,), name="direction")
    x = xyz
    for i in range(D):
        x = dense()(x)
        if i % 4 == 0 and i > 0:
            x = tf.keras.layers.concatenate([x, xyz])
    sigma = dense(1, act="relu")(x)
    bottleneck = dense(act=None)(x)
    x = tf.keras.layers.concatenate([bottleneck, direction])
    rgb = dense(3, act="sigmoid")(dense(width // 2)(x))
    out = tf.keras.layers.Concatenate(name="rgb_sigma")([rgb, sigma])
    return tf.keras.Model(inputs=[xyz, direction], outputs=out)


model = init_model()
optimizer = tf.keras.optimizers.Adam(5e-4)
psnrs, iternums = [], []
for i in tqdm(range(1001)):
    target = images[np.random.randint(images.shape[0])]
    rays_o, rays_d = get_rays(poses[0])
    with tf.GradientTape() as tape:
        points = positional_encoding(rays_o[..., None, :] + rays_d[..., None, :], L_XYZ)
        views = positional_encoding(rays_d[..., None, :], L_DIR)
        raw = model([tf.reshape(points, [-1, 63]), tf.reshape(views, [-1, 27])])
        loss = tf.reduce_mean(tf.square(tf.reshape(raw[..., :3], [H, W, 3]) - target))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    if i % 25 == 0:
        psnrs.append(-10. * np.log(loss.numpy()) / np.log(10.))
imageio.mimwrite("video.mp4", images, fps=30, quality=7)
