# What docker-compose.yml takes from an image registry, from Debian packages instead: one target each.
# images.sh builds them where no registry is reachable.
ARG BASE

FROM ${BASE} AS node
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm ca-certificates \
    && rm -rf /var/lib/apt/lists/*

FROM ${BASE} AS nginx
RUN apt-get update && apt-get install -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/usr/sbin:/usr/bin:/bin
CMD ["nginx", "-g", "daemon off;"]

FROM ${BASE} AS redis
RUN apt-get update && apt-get install -y --no-install-recommends redis-server redis-tools \
    && rm -rf /var/lib/apt/lists/*
CMD ["redis-server"]

FROM ${BASE} AS postgres
# The cluster is made when a container first starts, not when the package is installed.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-common util-linux \
    && sed -i "s/^#*create_main_cluster.*/create_main_cluster = false/" \
        /etc/postgresql-common/createcluster.conf \
    && apt-get install -y --no-install-recommends postgresql-17 \
    && rm -rf /var/lib/apt/lists/*
COPY postgres-start.sh /usr/local/bin/postgres-start
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
CMD ["postgres-start"]
