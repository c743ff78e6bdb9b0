# shellcheck shell=bash
# Sourced by demo and bench: a host with eth0 and eth1, a switch and a client, each a network
# namespace of its own. Nothing of it touches the interfaces of the machine that it runs on.

# testbed_make ETH0 ETH1 CLIENT: makes everything, with these addresses on the host's two interfaces
# and on the client; sets $bed, $host, $client, and the folders of lkipbu's own.
# The caller has set a trap that calls testbed_remove.
testbed_make() {
	[ "$(id -u)" = 0 ] || die "network namespaces need root: run this as root"
	bed=$(mktemp -d)
	local name=lkipbu-${bed##*.} said
	host=$name-host switch=$name-switch client=$name-client
	local space
	for space in "$host" "$switch" "$client"; do
		said=$(namespace_make "$space") ||
			die "this system does not permit network namespaces (${said:-no reason given}): try a virtual machine, or a container with --privileged"
		ip -n "$space" link set lo up
	done

	ip -n "$switch" link add name bridge type bridge forward_delay 0 ||
		die "this kernel has no bridge: load the module 'bridge'"
	ip -n "$switch" link set bridge up
	testbed_cable "$host" eth0 port1
	testbed_cable "$host" eth1 port2
	testbed_cable "$client" eth0 port3

	ip -n "$host" address add "$1" dev eth0
	ip -n "$host" address add "$2" dev eth1
	ip -n "$client" address add "$3" dev eth0
	# The client is the one system on this network that can answer a broadcast ping.
	on_client sh -c 'echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_broadcasts'

	mkdir "$bed/state" "$bed/run" "$bed/config"
	# The machine may be a LifeKeeper server, or have settings of its own.
	unset "${!IP_@}" NOBCASTPING NOIPUNIQUE
	export LKIPBU_STORE=embedded
	export LKIPBU_STATE_DIR=$bed/state LKIPBU_RUN_DIR=$bed/run LKIPBU_CONFIG_DIR=$bed/config
}

# namespace_make NAME: a network namespace in which programs can run; else prints why not.
namespace_make() { ip netns add "$1" 2>&1 && ip netns exec "$1" true 2>&1; }

# testbed_cable NAMESPACE INTERFACE PORT: a cable from the interface to the switch.
testbed_cable() {
	ip link add name "$2" netns "$1" type veth peer name "$3" netns "$switch" ||
		die "this kernel makes no veth pairs: load the module 'veth'"
	ip -n "$switch" link set "$3" master bridge up
	ip -n "$1" link set "$2" up
}

# testbed_remove: ends what still runs in the namespaces and removes all of it; safe at any time.
testbed_remove() {
	local space pids
	for space in "${host:-}" "${switch:-}" "${client:-}"; do
		[ -e "/run/netns/${space:-none}" ] || continue
		pids=$(ip netns pids "$space")
		# shellcheck disable=SC2086 # one word a process
		[ -z "$pids" ] || kill $pids 2>/dev/null || true
		ip netns delete "$space"
	done
	[ -z "${bed:-}" ] || rm -rf "$bed"
}

on_host() { ip netns exec "$host" "$@"; }
on_client() { ip netns exec "$client" "$@"; }

# holder ADDRESS: the interfaces of the host that have the address, one a line.
holder() {
	ip -n "$host" -j address show |
		jq -r --arg address "$1" '.[] | select(any(.addr_info[]?; .local == $address)) | .ifname'
}

# start_pings ADDRESS [SECONDS]: the client pings the address into $bed/replies, 500 times a second
# or at that interval.
start_pings() {
	# Not on_client: a function in the background would be a shell between us and ping.
	ip netns exec "$client" ping -n -D -i "${2:-0.002}" "$1" >"$bed/replies" &
	pinger=$!
}

# stop_pings: ends them; $bed/replies is complete then.
stop_pings() {
	kill -INT "$pinger"
	wait "$pinger" || true
}

# replies_since TIME: how many replies the client has had since that second of the clock.
replies_since() {
	awk -v since="$1" '/bytes from/ && substr($1, 2) + 0 > since { n++ } END { print n + 0 }' \
		"$bed/replies"
}

# longest_gap: reads what `ping -D` printed; prints the replies and the longest time between two of
# them in milliseconds.
longest_gap() {
	awk '
		/bytes from/ {
			at = substr($1, 2, length($1) - 2) + 0
			if (replies++ && at - last > longest) longest = at - last
			last = at
		}
		END { printf "%d %.1f\n", replies, longest * 1000 }'
}
