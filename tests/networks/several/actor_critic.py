# DDPG's actor and critic, made by functions, each twice (the second as a slowly following target).
# dialect: tfkeras
# counts critic_model
# Two inputs; state through two dense, action through one; concatenation; two dense and the value.
# layers: 2 + 2 + 1 + 1 + 3 = 9
# edges: 2 + 1 + 2 + 3 = 8
# parameters: (3+1)*16 + (16+1)*32 + (1+1)*32 + (64+1)*256 + (256+1)*256 + (256+1)*1 = 83361
# expect critic_model: layers=9 edges=8 parameters=83361
# counts actor_model
# layers: 4 = 4
# edges: 3 = 3
# parameters: (3+1)*256 + (256+1)*256 + (256+1)*1 = 67073
# expect actor_model: layers=4 edges=3 parameters=67073
import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

env = gym.make("Pendulum-v1", render_mode="human")
num_states = 3
num_actions = 1
upper_bound = 2.0
print("Size of State Space ->", num_states, env.observation_space)


class Buffer:
    def __init__(self, buffer_capacity=1000, batch_size=64):
        self.buffer_counter = 0
        self.buffer_capacity, self.batch_size = buffer_capacity, batch_size
        self.state_buffer = np.zeros((buffer_capacity, num_states))
        self.action_buffer = np.zeros((buffer_capacity, num_actions))

    def record(self, obs_tuple):
        index = self.buffer_counter % self.buffer_capacity
        self.state_buffer[index] = obs_tuple[0]
        self.action_buffer[index] = obs_tuple[1]
        self.buffer_counter += 1


def get_actor():
    last_init = tf.random_uniform_initializer(minval=-0.003, maxval=0.003)
    inputs = layers.Input(shape=(num_states,))
    out = layers.Dense(256, activation="relu")(inputs)
    out = layers.Dense(256, activation="relu")(out)
    outputs = layers.Dense(1, activation="tanh", kernel_initializer=last_init)(out)
    return tf.keras.Model(inputs, outputs)


def get_critic():
    state_input = layers.Input(shape=(num_states,))
    state_out = layers.Dense(16, activation="relu")(state_input)
    state_out = layers.Dense(32, activation="relu")(state_out)
    action_input = layers.Input(shape=(num_actions,))
    action_out = layers.Dense(32, activation="relu")(action_input)
    concat = layers.Concatenate()([state_out, action_out])
    out = layers.Dense(256, activation="relu")(concat)
    out = layers.Dense(256, activation="relu")(out)
    outputs = layers.Dense(1)(out)
    return tf.keras.Model([state_input, action_input], outputs)


actor_model = get_actor()
critic_model = get_critic()
target_actor = get_actor()
target_critic = get_critic()
target_actor.set_weights(actor_model.get_weights())
target_critic.set_weights(critic_model.get_weights())

critic_optimizer = tf.keras.optimizers.Adam(0.002)
buffer = Buffer(50000, 64)
avg_reward_list = []
for ep in range(100):
    prev_state, _ = env.reset()
    while True:
        tf_prev_state = tf.expand_dims(tf.convert_to_tensor(prev_state), 0)
        action = np.clip(tf.squeeze(actor_model(tf_prev_state)).numpy(), -upper_bound, upper_bound)
        state, reward, done, truncated, _ = env.step([action])
        buffer.record((prev_state, action))
        if done or truncated:
            break
        prev_state = state
    avg_reward_list.append(ep)
plt.plot(avg_reward_list)
plt.show()
