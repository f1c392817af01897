#!/usr/bin/env bash
# Run one Apache Kafka node in the foreground, with Java 17 and Maven alone. Ctrl-C stops it.
#
#   deploy/kafka/run.sh                        kafka://127.0.0.1:9092
#   KAFKA_PORT=19092 deploy/kafka/run.sh       kafka://127.0.0.1:19092
#
# KAFKA_HOST             the name by which clients reach it (127.0.0.1); any other needs passwords
# KAFKA_PORT             where clients connect (9092)
# KAFKA_CONTROLLER_PORT  internal (KAFKA_PORT + 1), on 127.0.0.1
# KAFKA_ADMIN_PASSWORD   of the administrator, admin; without it nobody needs to log in
# INGEST_PASSWORD …      of the four services; these five are set when the storage is formatted
# …_PASSWORD_FILE        a file that has such a password, in its place
# KAFKA_CERTIFICATE_FILE a key and its certificate, in PEM: then clients come over TLS
# KAFKA_CA_FILE          the certificate of the authority that signed it
# KAFKA_DIR              its storage and kafka.log (data/kafka/node); formatted when empty
# KAFKA_LIBS             its jars (data/kafka/libs); fetched from Maven Central when missing
# KAFKA_HEAP             memory (512m)
# MAVEN_REPO             Maven's local repository (data/kafka/m2), e.g. ~/.m2/repository
#
# Nothing is written outside the clone unless one of these says so. Exit status 69: no jars.

set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
data="$(cd "$here/../.." && pwd)/data/kafka"

host="${KAFKA_HOST:-127.0.0.1}"
port="${KAFKA_PORT:-9092}"
controller_port="${KAFKA_CONTROLLER_PORT:-$((port + 1))}"
dir="${KAFKA_DIR:-$data/node}"
libs="${KAFKA_LIBS:-$data/libs}"
maven_repo="${MAVEN_REPO:-$data/m2}"
users=(admin ingest allocation billing community)

fetch_jars() {
    # Into a folder of our own first: an interrupted download must not look complete.
    local partial="$libs.partial.$$"
    mvn --quiet --batch-mode -Dstyle.color=never --file "$here/pom.xml" "-Dmaven.repo.local=$maven_repo" \
        dependency:copy-dependencies "-DoutputDirectory=$partial" -DincludeScope=runtime >&2 ||
        { rm -rf "$partial"; echo "Kafka's jars could not be fetched from Maven Central" >&2; exit 69; }
    mkdir -p "$(dirname "$libs")"
    rm -rf "$libs"
    mv "$partial" "$libs"
}

refuse() { echo "deploy/kafka/run.sh: $1" >&2; exit 64; }

password_of() {
    local name="${1^^}_PASSWORD"
    [ "$1" != admin ] || name=KAFKA_ADMIN_PASSWORD
    local in_file="${name}_FILE" password="${!name:-}"
    if [ -n "${!in_file:-}" ]; then
        [ -z "$password" ] || refuse "$name and $in_file are both set: which one counts?"
        password="$(cat "${!in_file}")" || refuse "$in_file cannot be read"
    fi
    # They stand between quotes and commas in Kafka's files.
    [[ "$password" =~ ^[A-Za-z0-9._~+/=-]+$ ]] || refuse "$name must be letters, digits and . _ ~ + / = - only"
    printf '%s' "$password"
}

filled_in() { # these files, with what stands between @ in them
    sed -e "s|@KAFKA_HOST@|$host|g" \
        -e "s|@KAFKA_ADDRESS@|$address|g" \
        -e "s|@KAFKA_PORT@|$port|g" \
        -e "s|@KAFKA_CONTROLLER_PORT@|$controller_port|g" \
        -e "s|@KAFKA_DIR@|$dir|g" \
        -e "s|@CLIENTS_PROTOCOL@|$protocol|g" \
        -e "s|@CONTROLLER_PROTOCOL@|${protocol/SASL_SSL/SASL_PLAINTEXT}|g" \
        -e "s|@KAFKA_ADMIN_PASSWORD@|$admin_password|g" \
        -e "s|@KAFKA_CERTIFICATE_FILE@|${KAFKA_CERTIFICATE_FILE:-}|g" \
        -e "s|@KAFKA_CA_FILE@|${KAFKA_CA_FILE:-}|g" "$@"
}

write_config() {
    local files=("$here/server.properties")
    if [ "$protocol" != PLAINTEXT ]; then
        files+=("$here/users.properties")
        filled_in "$here/admin.properties" >"$dir/admin.properties"
    fi
    if [ "$protocol" = SASL_SSL ]; then
        files+=("$here/tls.properties")
        printf 'ssl.truststore.type=PEM\nssl.truststore.location=%s\n' "$KAFKA_CA_FILE" >>"$dir/admin.properties"
    fi
    filled_in "${files[@]}" >"$dir/server.properties"
}

format_storage() {
    # By a file: anyone on the machine may read a program's arguments.
    local arguments="$dir/format" user
    printf '%s\n' --config "$dir/server.properties" --cluster-id \
        "$(head -c 16 /dev/urandom | base64 | tr '+/' 'AB' | head -c 22)" >"$arguments"
    if [ "$protocol" != PLAINTEXT ]; then
        for user in "${users[@]}"; do
            printf '%s\n' --add-scram "SCRAM-SHA-512=[name=$user,password=$(password_of "$user")]" >>"$arguments"
        done
    fi
    "${java[@]}" kafka.tools.StorageTool format "@$arguments" >/dev/null
    rm "$arguments"
}

address=127.0.0.1 protocol=PLAINTEXT admin_password=
if [ -n "${KAFKA_ADMIN_PASSWORD:-}${KAFKA_ADMIN_PASSWORD_FILE:-}" ]; then
    protocol=SASL_PLAINTEXT
    for user in "${users[@]}"; do password_of "$user" >/dev/null; done
    admin_password="$(password_of admin)"
    if [ -n "${KAFKA_CERTIFICATE_FILE:-}" ]; then
        protocol=SASL_SSL
        [ -n "${KAFKA_CA_FILE:-}" ] || refuse "KAFKA_CA_FILE is missing"
    fi
fi
if [ "$host" != 127.0.0.1 ]; then
    [ "$protocol" != PLAINTEXT ] || refuse "others than this machine reach $host: set KAFKA_ADMIN_PASSWORD"
    address=0.0.0.0
fi

# The broker's jar carries the version: a new one in pom.xml is noticed here.
version="$(sed -n '/kafka_2.13/,/version/s|.*<version>\(.*\)</version>.*|\1|p' "$here/pom.xml")"
[ -f "$libs/kafka_2.13-$version.jar" ] || fetch_jars

umask 077 # its configuration holds passwords
mkdir -p "$dir"
dir="$(cd "$dir" && pwd)"
java=(java "-Xmx${KAFKA_HEAP:-512m}" -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError
    "-Dkafka.dir=$dir" "-Dlog4j2.configurationFile=$here/log4j2.properties" -cp "$libs/*")

write_config
[ -f "$dir/log/meta.properties" ] || format_storage

exec "${java[@]}" kafka.Kafka "$dir/server.properties"
