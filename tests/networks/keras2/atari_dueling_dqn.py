# A dueling deep Q-network for Atari, an agent class with an online and a target network and a replay memory.
# dialect: keras2
# Input, three convolutions, flatten; two streams of two dense; a Lambda joins them. 84 -> 20 -> 9 -> 7.
# layers: 1 + 3 + 1 + 2*2 + 1 = 10
# Four to the flattening, two in each stream, two into the Lambda.
# edges: 4 + 2*2 + 2 = 10
# parameters: (8*8*4+1)*32 + (4*4*32+1)*64 + (9*64+1)*64 + 2*(7*7*64+1)*512 + (512+1)*1 + (512+1)*6 = 3293863
# expect: layers=10 edges=10 parameters=3293863
import random
from collections import deque

import cv2
import gym
import numpy as np
from keras import backend as K
from keras.layers import Conv2D, Dense, Flatten, Input, Lambda
from keras.models import Model
from keras.optimizers import Adam

EPISODES = 5000
FRAME = (84, 84, 4)


class DuelingAgent:
    def __init__(self, state_size, action_size):
        self.state_size = state_size
        self.action_size = action_size
        self.memory = deque(maxlen=10000)
        self.gamma = 0.99
        self.epsilon = 1.0
        self.epsilon_min = 0.05
        self.epsilon_decay = 0.995
        self.model = self.build_model()
        self.target_model = self.build_model()
        self.update_target_model()

    def build_model(self):
        frames = Input(shape=self.state_size)
        x = Conv2D(32, (8, 8), strides=(4, 4), activation='relu')(frames)
        x = Conv2D(64, (4, 4), strides=(2, 2), activation='relu')(x)
        x = Conv2D(64, (3, 3), strides=(1, 1), activation='relu')(x)
        x = Flatten()(x)
        value = Dense(512, activation='relu')(x)
        value = Dense(1)(value)
        advantage = Dense(512, activation='relu')(x)
        advantage = Dense(self.action_size)(advantage)
        q = Lambda(lambda va: va[0] + va[1] - K.mean(va[1], axis=1, keepdims=True),
                   output_shape=(self.action_size,))([value, advantage])
        model = Model(frames, q)
        model.compile(loss='mse', optimizer=Adam(lr=0.00025))
        return model

    def update_target_model(self):
        self.target_model.set_weights(self.model.get_weights())

    def act(self, state):
        if np.random.rand() <= self.epsilon:
            return random.randrange(self.action_size)
        return np.argmax(self.model.predict(state)[0])

    def replay(self, batch_size):
        for state, action, reward, next_state, done in random.sample(self.memory, batch_size):
            target = self.model.predict(state)
            target[0][action] = reward
            if not done:
                target[0][action] += self.gamma * np.amax(self.target_model.predict(next_state)[0])
            self.model.fit(state, target, epochs=1, verbose=0)
        self.epsilon = max(self.epsilon_min, self.epsilon * self.epsilon_decay)


def preprocess(frame):
    return cv2.resize(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), FRAME[:2])


if __name__ == "__main__":
    agent = DuelingAgent(FRAME, 6)
    env = gym.make('PongDeterministic-v4')
    for e in range(EPISODES):
        state = np.stack([preprocess(env.reset())] * 4, axis=2)[np.newaxis]
        done, score = False, 0
        while not done:
            action = agent.act(state)
            frame, reward, done, _ = env.step(action)
            next_state = np.append(preprocess(frame)[None, :, :, None], state[..., :3], axis=3)
            agent.memory.append((state, action, reward, next_state, done))
            state, score = next_state, score + reward
        agent.update_target_model()
        print("episode: {}/{}, score: {}, e: {:.2}".format(e, EPISODES, score, agent.epsilon))
        if len(agent.memory) > 32:
            agent.replay(32)
