# Before the services start: the folder their sockets lie in, and the database's password, made once.
# Runs as root without a network and without the right to pass over others' permissions, so every
# mode is set before its owner is. Arguments: the folder, the folder of secrets.
run=$1
secrets=$2
# The runner's and the worker's user; a box's own user must reach the socket in its folder.
if [ ! -d "$run/socket" ]; then
    mkdir -p "$run/boxes" "$run/socket"
    chmod 755 "$run" "$run/boxes"
    chmod 750 "$run/socket"
    chown 10001:10001 "$run/boxes" "$run/socket" "$run"
fi
if [ ! -s "$secrets/database" ]; then
    password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
    # PostgreSQL's own user has another number in each image.
    (umask 333 && echo "$password" >"$secrets/password.new")
    chmod 444 "$secrets/password.new"
    mv -f "$secrets/password.new" "$secrets/password"
    (umask 377 && echo "postgresql://netfig:$password@database/netfig" >"$secrets/database.new")
    chown 10001:10001 "$secrets/database.new"
    mv -f "$secrets/database.new" "$secrets/database"
fi
