#!/bin/sh
# Makes what docker-compose.yml mounts as secrets: random passwords and keys, and empty files for what is
# given by others. What is there already stays. A folder (secrets/ by default) may be told.
set -eu
folder=${1:-secrets}

# Only its owner gets into the folder; in a container each file has to be readable for another user.
mkdir -p "$folder"
chmod 700 "$folder"
umask 222

keep() { # name, content
    [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
}

for name in postgres kafka-admin ingest allocation billing community operator; do
    keep "$name-password" "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
done
keep secret-keys "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
for name in decryption-keys data-connect-client-id data-connect-client-secret acc-client-id acc-client-secret \
    chorus-pro-client-id chorus-pro-client-secret chorus-pro-login chorus-pro-password \
    auth-client-secret mail-password; do
    keep "$name" ""
done
