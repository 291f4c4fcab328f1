#!/bin/sh
# Where crates.io is not reachable: takes the crates' sources from Debian's archive and lays a shadow workspace beside them.
#   tools/debian-crates.sh ROOT TARGET
# Nothing is installed and nothing outside TARGET/debian is touched. The archive's address and keyring are those of the
# machine's own apt sources; the suite is trixie, whose crates are new enough. The shadow has a lock file of its own, because
# Debian's crates carry no checksums and one Cargo.lock cannot serve both worlds.
set -eu
root=$1 target=$2
debian=$target/debian ws=$target/debian/ws
suite=trixie
fail() { echo "lab: $1" >&2; exit 2; }

# Every crate the two Cargo.toml name, as its Debian package.
packages="anyhow assert-cmd blake3 cc clap comfy-table criterion csv ctrlc flate2 indicatif jiff libloading minijinja nix object \
plotters predicates proptest rand rand-chacha regex serde serde-json snapbox statrs sysinfo tempfile thiserror toml"
stamp=$(printf '%s\n' "$suite" $packages | cksum | tr ' ' '-')

if [ "$(cat "$debian/stamp" 2>/dev/null || true)" != "$stamp" ]; then
    echo "lab: crates.io is not reachable, taking crates from Debian $suite (once, about half a minute)" >&2
    rm -rf "$debian"
    mkdir -p "$debian/lists/partial" "$debian/cache/archives/partial" "$debian/debs" "$debian/crates"
    log=$debian/apt.log
    sources=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null || true)
    uri=$(printf '%s\n' "$sources" | sed -n 's/^URIs: *\([^ ]*\).*/\1/p' | head -n 1)
    keyring=$(printf '%s\n' "$sources" | sed -n 's/^Signed-By: *\(.*\)/\1/p' | head -n 1)
    if [ -z "$uri" ]; then
        uri=$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
    fi
    [ -n "$uri" ] || fail "Rust crates: crates.io is not reachable and this machine's apt sources name no archive"
    echo "deb ${keyring:+[signed-by=$keyring] }$uri $suite main" >"$debian/sources.list"
    apt="-o Dir::Etc::sourcelist=$debian/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::Lists=$debian/lists \
-o Dir::State::status=/dev/null -o Dir::Cache=$debian/cache -o APT::Sandbox::User= -o Acquire::Languages=none"
    # shellcheck disable=SC2086
    apt-get $apt update >"$log" 2>&1 ||
        fail "Rust crates: neither crates.io nor Debian's archive answers: $(grep -m 1 -E '^(E|W|Err)' "$log" || tail -n 1 "$log")"
    grep -qE '^Err' "$log" &&
        fail "Rust crates: neither crates.io nor Debian's archive answers: $(grep -m 1 -E '^Err' "$log")"
    names=""
    for p in $packages; do names="$names librust-$p-dev"; done
    # shellcheck disable=SC2086
    apt-get $apt install -s --no-install-recommends $names >"$debian/plan.log" 2>&1 ||
        fail "Rust crates: Debian $suite lacks one: $(grep -m 1 '^E:' "$debian/plan.log" || tail -n 1 "$debian/plan.log")"
    sed -n 's/^Inst \(librust-[^ ]*\) .*/\1/p' "$debian/plan.log" >"$debian/packages"
    # shellcheck disable=SC2046,SC2086
    (cd "$debian/debs" && apt-get $apt download $(cat "$debian/packages") >>"$log" 2>&1) ||
        fail "Rust crates: download from Debian's archive failed: $(grep -m 1 -E '^(E|Err)' "$log" || tail -n 1 "$log")"
    for deb in "$debian"/debs/*.deb; do dpkg -x "$deb" "$debian/crates"; done
    rm -rf "$debian/debs" "$debian/cache"
fi

mkdir -p "$ws/.cargo"
for entry in Cargo.toml native-kernels runner; do
    [ "$(readlink "$ws/$entry" || true)" = "$root/$entry" ] || ln -sfn "$root/$entry" "$ws/$entry" # a moved checkout has another root
done
config="[source.crates-io]
replace-with = \"debian\"
[source.debian]
directory = \"$debian/crates/usr/share/cargo/registry\"
[net]
offline = true"
[ "$(cat "$ws/.cargo/config.toml" 2>/dev/null || true)" = "$config" ] || printf '%s\n' "$config" >"$ws/.cargo/config.toml"
echo "$stamp" >"$debian/stamp"
