#!/usr/bin/env bash
# Run one Apache Kafka node in the foreground, with Java 17 and Maven alone. Ctrl-C stops it.
#
#   deploy/kafka/run.sh                        kafka://127.0.0.1:9092
#   KAFKA_PORT=19092 deploy/kafka/run.sh       kafka://127.0.0.1:19092
#
# KAFKA_PORT             where clients connect, on 127.0.0.1 (9092)
# KAFKA_CONTROLLER_PORT  internal (KAFKA_PORT + 1)
# KAFKA_DIR              its storage and kafka.log (data/kafka/node); formatted when empty
# KAFKA_LIBS             its jars (data/kafka/libs); fetched from Maven Central when missing
# KAFKA_HEAP             memory (512m)
# MAVEN_REPO             Maven's local repository (data/kafka/m2), e.g. ~/.m2/repository
#
# Nothing is written outside the clone unless one of these says so. Exit status 69: no jars.

set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
data="$(cd "$here/../.." && pwd)/data/kafka"

port="${KAFKA_PORT:-9092}"
controller_port="${KAFKA_CONTROLLER_PORT:-$((port + 1))}"
dir="${KAFKA_DIR:-$data/node}"
libs="${KAFKA_LIBS:-$data/libs}"
maven_repo="${MAVEN_REPO:-$data/m2}"

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

write_config() {
    sed -e "s|@KAFKA_PORT@|$port|g" \
        -e "s|@KAFKA_CONTROLLER_PORT@|$controller_port|g" \
        -e "s|@KAFKA_DIR@|$dir|g" \
        "$here/server.properties" >"$dir/server.properties"
}

format_storage() {
    local cluster_id
    cluster_id="$(head -c 16 /dev/urandom | base64 | tr '+/' 'AB' | head -c 22)"
    "${java[@]}" kafka.tools.StorageTool format \
        --cluster-id "$cluster_id" --config "$dir/server.properties" >/dev/null
}

# The broker's jar carries the version: a new one in pom.xml is noticed here.
version="$(sed -n '/kafka_2.13/,/version/s|.*<version>\(.*\)</version>.*|\1|p' "$here/pom.xml")"
[ -f "$libs/kafka_2.13-$version.jar" ] || fetch_jars

mkdir -p "$dir"
dir="$(cd "$dir" && pwd)"
java=(java "-Xmx${KAFKA_HEAP:-512m}" -XX:+UseG1GC -XX:+ExitOnOutOfMemoryError
    "-Dkafka.dir=$dir" "-Dlog4j2.configurationFile=$here/log4j2.properties" -cp "$libs/*")

write_config
[ -f "$dir/log/meta.properties" ] || format_storage

exec "${java[@]}" kafka.Kafka "$dir/server.properties"
