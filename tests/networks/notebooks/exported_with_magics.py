# A notebook saved as a script: magics, shell lines and a bare help line still in it.
# dialect: keras2
# Input, embedding, convolution, pooling, LSTM, dense.
# layers: 6 = 6
# edges: 5 = 5
# parameters: 5000*32 + (3*32+1)*32 + 4*100*(32+100+1) + (100+1)*1 = 216405
# expect: layers=6 edges=5 parameters=216405
# coding: utf-8

# In[1]:
get_ipython().magic(u'matplotlib inline')
get_ipython().system('pip install keras==2.2.4')
%load_ext autoreload
%autoreload 2
!nvidia-smi
%cd /content/project

# In[2]:
import numpy
from keras.datasets import imdb
from keras.models import Sequential
from keras.layers import Dense, LSTM
from keras.layers.convolutional import Conv1D, MaxPooling1D
from keras.layers.embeddings import Embedding
from keras.preprocessing import sequence
import seaborn as sns
numpy.random.seed(7)

# In[3]:
top_words = 5000
(X_train, y_train), (X_test, y_test) = imdb.load_data(num_words=top_words)
max_review_length = 500
X_train = sequence.pad_sequences(X_train, maxlen=max_review_length)
X_test = sequence.pad_sequences(X_test, maxlen=max_review_length)
lengths = !wc -l reviews.txt
?sequence.pad_sequences

# In[4]:
embedding_vecor_length = 32
model = Sequential()
model.add(Embedding(top_words, embedding_vecor_length, input_length=max_review_length))
model.add(Conv1D(filters=32, kernel_size=3, padding='same', activation='relu'))
model.add(MaxPooling1D(pool_size=2))
model.add(LSTM(100))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
print(model.summary())

# In[5]:
%time model.fit(X_train, y_train, epochs=3, batch_size=64)
scores = model.evaluate(X_test, y_test, verbose=0)
print("Accuracy: %.2f%%" % (scores[1]*100))
sns.heatmap(numpy.zeros((2, 2)), annot=True)
