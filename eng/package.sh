#!/usr/bin/env bash
# Makes the Debian package of Mayfly from what was built: artifacts/mayfly_VERSION_amd64.deb. usage: package.sh [--as-built] [DIRECTORY];
# "--as-built" looks for no change of the source. The same build gives the same package, byte for byte: times are SOURCE_DATE_EPOCH, or
# that of the last commit.
set -euo pipefail
# shellcheck source=eng/lib.sh
. "$(dirname -- "$0")/lib.sh"
umask 022

if [ "${1:-}" = --as-built ]; then shift; else "$root/eng/build.sh" package; fi
output=$(realpath -m -- "${1:-$artifacts}")
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$root/Directory.Build.props")
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/Directory.Build.props")}
files=$root/eng/debian
tree=
# shellcheck disable=SC2317 # the trap calls it
clean() { stop_step; rm -rf -- "$tree"; }
trap clean EXIT
tree=$(mktemp -d)
chmod 755 "$tree"

# What the .NET runtime needs of a host, beside what mayflyd does.
runtime_needs=(libc6 libgcc-s1 libstdc++6 "libssl3t64 | libssl3" ca-certificates tzdata)

# The programs as they were built and tested; what compilers read stays here.
install_program() { # from, directory
    local target=$tree/usr/lib/mayfly/$2
    mkdir -p "$target"
    cp -RL "$1/." "$target"
    rm -f "$target"/*.xml "$target"/*.staticwebassets.*
}

# The runtime that the programs were built and tested with, of which both take one copy: a self-contained publish would compile them anew
# and hold it twice.
install_runtime() {
    local target=$tree/usr/lib/mayfly/dotnet home framework path
    home=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
    for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        path=$(newest_framework "$home" "$framework")
        [ -n "$path" ] || die "there is no $framework 10 in $home."
        mkdir -p "$target/shared/$framework"
        cp -RL "$path" "$target/shared/$framework/"
    done
    # Each runtime is found by the host's part of the same version.
    path=$home/host/fxr/$(basename -- "$(newest_framework "$home" Microsoft.NETCore.App)")
    mkdir -p "$target/host/fxr"
    cp -RL "$path" "$target/host/fxr/"
    cp -L "$home/LICENSE.txt" "$home/ThirdPartyNotices.txt" "$target/"
    # For LTTng alone, which would have to be there.
    rm -f "$target"/shared/*/*/libcoreclrtraceptprovider.so
}

newest_framework() { find "$1/shared/$2" -mindepth 1 -maxdepth 1 -name '10.*' ! -name '*-*' 2>/dev/null | sort -V | tail -n 1; }

install_files() {
    install -D -m 755 "$agent" "$tree/usr/lib/mayfly/mayfly-agent"
    install -D -m 755 "$files/mayfly" "$tree/usr/bin/mayfly"
    install -D -m 755 "$files/mayflyd" "$tree/usr/sbin/mayflyd"
    mkdir -p "$tree/usr/share/mayfly"
    # With its links, which lead to places of a guest.
    cp -R "$root/images" "$tree/usr/share/mayfly/images"
    cp -RL "$root/console/dist" "$tree/usr/share/mayfly/console"
    # A file that gives access is read by root alone: the settings may hold the password of a database.
    install -D -m 640 "$files/mayflyd.conf" "$tree/etc/mayfly/mayflyd.conf"
    install -D -m 644 -t "$tree/usr/lib/systemd/system" "$files/mayflyd.service" "$files/mayfly-machines.service"
    install -D -m 644 "$files/sysusers.conf" "$tree/usr/lib/sysusers.d/mayfly.conf"
    install -D -m 644 "$root/src/Mayfly.Cli/Completion/mayfly.bash" "$tree/usr/share/bash-completion/completions/mayfly"
    install -D -m 644 "$root/src/Mayfly.Cli/Completion/mayfly.zsh" "$tree/usr/share/zsh/vendor-completions/_mayfly"
    install -D -m 644 "$root/src/Mayfly.Cli/Completion/mayfly.fish" "$tree/usr/share/fish/vendor_completions.d/mayfly.fish"
}

install_documents() {
    local target=$tree/usr/share/doc/mayfly
    install -D -m 644 "$files/copyright" "$target/copyright"
    install -m 644 "$root"/docs/*.md "$target/"
    {
        printf 'mayfly (%s) stable; urgency=medium\n\n  * Release %s.\n\n' "$version" "$version"
        printf ' -- The Mayfly authors <mayfly@localhost>  %s\n' "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
    } | gzip -9n >"$target/changelog.gz"
}

# Modes as Debian has them; an executable stays one.
set_modes() {
    find "$tree" -type d -exec chmod 755 {} +
    find "$tree" -type f -perm /111 -exec chmod 755 {} +
    find "$tree" -type f ! -perm /111 ! -path '*/etc/mayfly/*' -exec chmod 644 {} +
    # Libraries are not run.
    find "$tree/usr/lib/mayfly" -type f \( -name '*.so' -o -name '*.dll' -o -name '*.json' -o -name '*.txt' -o -name '*.pdb' \) -exec chmod 644 {} +
}

write_control() {
    local needs=(init-system-helpers systemd "${runtime_needs[@]}") host
    mapfile -t host < <(listed "$root/src/Mayfly.Engine/packages.apt")
    needs+=("${host[@]}")
    mkdir -p "$tree/DEBIAN"
    {
        printf 'Package: mayfly\nVersion: %s\nArchitecture: amd64\nSection: admin\nPriority: optional\n' "$version"
        printf 'Maintainer: The Mayfly authors <mayfly@localhost>\n'
        printf 'Installed-Size: %s\n' "$(du -k -s --apparent-size --exclude=DEBIAN "$tree" | cut -f 1)"
        printf 'Depends: %s\n' "$(printf '%s, ' "${needs[@]}" | sed 's/, $//')"
        cat "$files/description"
    } >"$tree/DEBIAN/control"
    printf '/etc/mayfly/mayflyd.conf\n' >"$tree/DEBIAN/conffiles"
    install -m 755 -t "$tree/DEBIAN" "$files/postinst" "$files/prerm" "$files/postrm"
    (cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    chmod 644 "$tree"/DEBIAN/{control,conffiles,md5sums}
}

pack() {
    install_program "$server" server
    install_program "$command_line" cli
    install_runtime
    install_files
    install_documents
    set_modes
    write_control
    # zstd packs in seconds what takes xz a minute; dpkg reads it since Debian 12.
    dpkg-deb --root-owner-group -Zzstd -z"${MAYFLY_PACKAGE_LEVEL:-15}" --build "$tree" "$output/mayfly_${version}_amd64.deb"
}

[ -n "$version" ] || die "Directory.Build.props names no version."
for built in "$server/mayflyd" "$command_line/mayfly" "$agent" "$root/console/dist/index.html"; do
    [ -e "$built" ] || die "there is no $built; \"make build\" makes it."
done
mkdir -p "$output"
step "Making the Debian package" 20 pack
say "The package is $output/mayfly_${version}_amd64.deb."
