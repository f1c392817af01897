#!/bin/sh
# Writes behind the version of each image the digest that its registry has for it now: from then on nobody can put
# another image under that version. Needs docker, and a look at what changed. Again after each change of a version.
set -eu
cd "$(dirname "$0")/.."

for file in docker-compose.yml deploy/Dockerfile deploy/gateway.Dockerfile; do
    for image in $(sed -nE 's/^(    image: |FROM )([^ @]+:[^ @]+).*/\2/p' "$file" | sort -u); do
        digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
        case $digest in
            sha256:*) ;;
            *) echo "no digest of $image: $digest" >&2 && exit 1 ;;
        esac
        sed -E "s%^(    image: |FROM )$image(@[^ ]*)?%\1$image@$digest%" "$file" >"$file.pinned"
        cat "$file.pinned" >"$file" # and not mv: it keeps the file's mode
        rm "$file.pinned"
        echo "$file: $image@$digest"
    done
done
