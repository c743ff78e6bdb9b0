# shellcheck shell=bash
# Sourced by demo, test and bench: the programs that they need, and how a Debian host gets them.

# A user's PATH on Debian leaves out the folders where ip, sshd and nft are.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# Programs are read here, and their words and decimal points are those of no language.
LC_ALL=C
export PATH LC_ALL

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# programs_for PURPOSE: each program and the Debian 12 package that has it.
programs_for() {
	case $1 in
		build) echo javac:openjdk-17-jdk-headless mvn:maven ;;
		network)
			echo ip:iproute2 ping:iputils-ping arping:iputils-arping ndptool:libndp-tools \
				awk:mawk flock:util-linux jq:jq
			;;
		bench) echo /usr/bin/time:time perl:perl-base keepalived:keepalived ;;
		test)
			echo gawk:gawk mandoc:mandoc shellcheck:shellcheck sysctl:procps nft:nftables zsh:zsh \
				systemd-analyze:systemd script:bsdutils tcpdump:tcpdump ssh:openssh-client \
				sshd:openssh-server
			;;
		packages)
			echo debootstrap:debootstrap lintian:lintian rpm:rpm rpmlint:rpmlint \
				systemd-nspawn:systemd-container nsenter:util-linux
			;;
		kernel)
			echo linux.uml:user-mode-linux modprobe:kmod teamd:libteam-utils mount:mount \
				gcc:gcc taskset:util-linux
			;;
	esac
}

# die MESSAGE: one line on standard error, and the end.
die() {
	printf '%s: %s\n' "${0##*/}" "$1" >&2
	exit 1
}

# present PROGRAM: whether it can be used as it is.
present() {
	command -v "$1" >/dev/null || return 1
	[ "$1" = javac ] || return 0
	local version
	version=$(javac -version 2>&1)
	version=${version#javac }
	version=${version%%[!0-9]*}
	[ "${version:-0}" -ge 17 ]
}

# install_missing PURPOSE...: installs the packages of the programs that are not here yet.
install_missing() {
	local purpose pair packages=() log
	for purpose; do
		for pair in $(programs_for "$purpose"); do
			present "${pair%%:*}" || packages+=("${pair#*:}")
		done
	done
	[ ${#packages[@]} -gt 0 ] || return 0
	command -v apt-get >/dev/null ||
		die "these programs are missing and there is no apt-get to install them: ${packages[*]} (names of Debian packages)"
	[ "$(id -u)" = 0 ] ||
		die "these packages are missing: run 'apt-get install ${packages[*]}' as root, or run this as root"

	printf 'Installing with apt-get: %s\n' "${packages[*]}"
	log=$(mktemp)
	if ! {
		apt-get -q update &&
			DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
				-o DPkg::Lock::Timeout=120 install "${packages[@]}"
	} >"$log" 2>&1 </dev/null; then
		tail -n 20 "$log" >&2
		rm -f "$log"
		die "apt-get could not install: ${packages[*]}"
	fi
	rm -f "$log"
	hash -r
}

# build_if_stale: target/lkipbu.jar from the sources as they are now; nothing is done where it is newer.
build_if_stale() {
	local jar=$project/target/lkipbu.jar changed=
	if [ -f "$jar" ] && [ -d "$project/target/lib" ] && [ -d "$project/target/completion" ]; then
		changed=$(find "$project/pom.xml" "$project/src/main" "$project/src/completion" \
			-newer "$jar" -print -quit)
		[ -n "$changed" ] || return 0
	fi
	echo "Building lkipbu with Maven (the first time this fetches its libraries)"
	mkdir -p "$project/target"
	mvn -q -B -ntp -Dstyle.color=never -f "$project/pom.xml" -DskipTests package \
		>"$project/target/build.log" 2>&1 || {
		tail -n 30 "$project/target/build.log" >&2
		die "the build failed: all that Maven said is in $project/target/build.log"
	}
	# Without it everything works as well, only slower.
	"$project/scripts/archive" || true
}

# build_packages: the .deb and the .rpm in target/packages.
build_packages() {
	mvn -q -B -ntp -Dstyle.color=never -f "$project/pom.xml" -Ppackages -DskipTests package \
		>"$project/target/packages.log" 2>&1 || {
		tail -n 30 "$project/target/packages.log" >&2
		return 1
	}
	ls "$project"/target/packages/*.deb "$project"/target/packages/*.rpm
}
