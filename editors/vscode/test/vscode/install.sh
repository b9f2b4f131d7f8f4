#!/usr/bin/env bash
# Puts VS Code as it runs in a browser (code-server) into the folder $1, from npm, where it is not there already.
# The parts in C++ are built here; of Debian's packages they need libkrb5-dev, libx11-dev, libxkbfile-dev and libsecret-1-dev.
set -euo pipefail
folder=$1
version=4.100.3
[ -e "$folder/done-$version" ] && exit
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save --silent "code-server@$version"
code=$folder/node_modules/code-server/lib/vscode
for part in "$code" "$code/extensions"; do
    npm install --prefix "$part" --omit=dev --ignore-scripts --no-audit --no-fund --silent
done
# node's own headers, so that none are fetched
npm_config_nodedir=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
export npm_config_nodedir npm_config_jobs=2 npm_config_loglevel=error
(cd "$folder/node_modules/argon2" && "$folder/node_modules/.bin/node-pre-gyp" rebuild --build-from-source)
for part in @vscode/spdlog @parcel/watcher native-watchdog kerberos; do
    (cd "$code/node_modules/$part" && npx --yes node-gyp@11 rebuild)
done
touch "$folder/done-$version"
