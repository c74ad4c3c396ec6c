# A graph network on citations: a graph convolution of its own that takes features and adjacency, twice.
# dialect: keras3
# Two inputs, dropout, convolution, dropout, convolution, softmax.
# layers: 2 + 5 = 7
# Dropout 1, convolution 2, dropout 1, convolution 2, softmax 1.
# edges: 1 + 2 + 1 + 2 + 1 = 7
# parameters: 1433*16 + 16 + 16*7 + 7 = 23063
# expect: layers=7 edges=7 parameters=23063
import networkx as nx
import numpy as np
import pandas as pd
import scipy.sparse as sp

import keras
from keras import layers, ops

citations = pd.read_csv("cora/cora.cites", sep="\t", header=None, names=["target", "source"])
papers = pd.read_csv("cora/cora.content", sep="\t", header=None)
print("Citations shape:", citations.shape)
cora_graph = nx.from_pandas_edgelist(citations.sample(n=1500))
nx.draw_spring(cora_graph, node_size=15)

NODES, FEATURES, CLASSES = 2708, 1433, 7
adjacency = sp.coo_matrix((NODES, NODES)).toarray() + np.eye(NODES)
features = papers.iloc[:, 1:-1].values


class GraphConvolution(layers.Layer):
    """Each node becomes the mean of its neighbours' features times a kernel."""

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        features, _ = input_shape
        self.kernel = self.add_weight(shape=(features[-1], self.units), name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs):
        nodes, adjacency = inputs
        messages = ops.matmul(nodes, self.kernel)
        return self.activation(ops.matmul(adjacency, messages) + self.bias)

    def compute_output_shape(self, input_shape):
        return (*input_shape[0][:-1], self.units)


nodes = keras.Input((FEATURES,), batch_size=NODES, name="features")
links = keras.Input((NODES,), batch_size=NODES, name="adjacency")
x = layers.Dropout(0.5)(nodes)
x = GraphConvolution(16, activation="relu")([x, links])
x = layers.Dropout(0.5)(x)
x = GraphConvolution(CLASSES)([x, links])
probabilities = layers.Softmax()(x)
gcn = keras.Model([nodes, links], probabilities, name="gcn")

gcn.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", weighted_metrics=["accuracy"])
labels = pd.get_dummies(papers.iloc[:, -1]).values
gcn.fit([features, adjacency], labels, batch_size=NODES, epochs=200, shuffle=False)
