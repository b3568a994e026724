#!/usr/bin/env bash
# Builds a container image from nothing, without a registry: the Node.js that runs here, the libraries that it loads, and the
# packed program. Needs buildah, and Linux on the architecture that the image is for.
#
#   npm run release:pack && deploy/image/build.sh release/opentopup-*.tgz localhost/opentopup
set -euo pipefail
packed=$1 name=$2
node=$(node -p process.execPath)
root=$(mktemp --directory)
trap 'rm -rf "$root"' EXIT

mkdir -p "$root"/{app,bin,data,etc,tmp}
install -m 755 "$node" "$root/bin/node"
# What the loader finds, each where it finds it.
ldd "$node" | grep -o '/[^ ]*' | while read -r library; do install -D -m 755 "$library" "$root$library"; done
tar -xzf "$packed" -C "$root/app" --strip-components=1 --no-same-owner
echo 'opentopup:x:65532:65532::/data:/bin/false' >"$root/etc/passwd"
echo 'opentopup:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
chown -R 65532:65532 "$root/data"

image=$(buildah from scratch)
buildah add --quiet "$image" "$root" /
buildah config --user 65532:65532 --workingdir /data --port 8080 \
  --env PATH=/bin --env HOME=/tmp --env NODE_ENV=production --env HOST=0.0.0.0 --env PORT=8080 --env DATA_DIR=/data \
  --entrypoint '["/bin/node", "/app/packages/opentopup/bin/opentopup.js"]' --cmd serve --stop-signal SIGTERM \
  --healthcheck "CMD /bin/node -e \"fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1))\"" \
  --healthcheck-interval 5s --healthcheck-start-period 10s "$image"
# Health checks are not part of the OCI's format.
buildah commit --quiet --rm --format docker "$image" "$name"
