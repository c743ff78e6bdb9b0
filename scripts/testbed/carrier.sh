# shellcheck shell=bash
# Sourced by bench: how long a client gets no answer when the interface of an address loses its
# carrier, with lkipbu --watch and with keepalived as it would be set up for the same.
#
# The caller has made the test bed; $lkipbu, $tag, $address and $project are set.

# watch_start: the watcher, as systemd would run it, and time for it to learn the network.
watch_start() {
	local turn
	LKIPBU_WATCH_MOVES=1000 ip netns exec "$host" "$lkipbu" --watch 2>"$bed/watch.log" &
	watcher=$!
	for ((turn = 0; turn < 100; turn++)); do
		! grep -q 'in service' "$bed/watch.log" || break
		sleep 0.2
	done
	sleep 4
}

watch_stop() {
	kill "$watcher" 2>/dev/null || true
	wait "$watcher" 2>/dev/null || true
}

# port_of ADDRESS: the switch's port behind the interface that has the address.
port_of() {
	case $(holder "$1") in
		eth0) echo port1 ;;
		eth1) echo port2 ;;
		*) die "$1 is not on one interface" ;;
	esac
}

# carrier_lost KEY ADDRESS: cuts the cable of the interface that has the address while the client
# pings it 1,000 times a second; keeps the longest time between two replies, and mends the cable.
carrier_lost() {
	local port gap one pingers=()
	port=$(port_of "$2")
	# A ping that misses replies waits 10 ms before it asks again; eight of them see it to a millisecond.
	for one in 1 2 3 4 5 6 7 8; do
		ip netns exec "$client" ping -n -D -i 0.008 "$2" >"$bed/replies.$one" &
		pingers+=($!)
		sleep 0.0013
	done
	sleep 0.5
	ip -n "$switch" link set "$port" down
	sleep 2
	kill -INT "${pingers[@]}"
	wait "${pingers[@]}" || true
	gap=$(cat "$bed"/replies.[1-8] | grep 'bytes from' | sort | longest_gap)
	sample "$1" "${gap#* }"
	ip -n "$switch" link set "$port" up
	sleep 1
}

keepalived_address=172.17.106.13

# keepalived_start: an instance that tracks eth0 and, when that fails, runs a script that moves the
# address to eth1. Routes of a dead interface must be passed over, or no reply would leave the host.
keepalived_start() {
	local name turn
	on_host sysctl -q -w net.ipv4.conf.all.ignore_routes_with_linkdown=1
	for name in fault:eth0:eth1 master:eth1:eth0; do
		IFS=: read -r name from to <<<"$name"
		cat >"$bed/$name" <<-SCRIPT
			#!/bin/sh
			ip address delete $keepalived_address/22 dev $from
			ip address add $keepalived_address/22 dev $to
			arping -q -U -c 1 -w 1 -I $to $keepalived_address
		SCRIPT
		chmod 755 "$bed/$name"
	done
	cat >"$bed/keepalived.conf" <<-CONFIGURATION
		global_defs {
			script_user root
			vrrp_version 3
		}
		vrrp_instance address {
			state BACKUP
			interface eth0
			track_interface {
				eth0
			}
			virtual_router_id 51
			priority 100
			advert_int 0.1
			virtual_ipaddress {
				172.17.107.99/32 dev eth0
			}
			notify_fault $bed/fault
			notify_master $bed/master
		}
	CONFIGURATION
	chmod 644 "$bed/keepalived.conf"
	ip netns exec "$host" keepalived -n -P -f "$bed/keepalived.conf" -p "$bed/keepalived.pid" \
		-r "$bed/vrrp.pid" >"$bed/keepalived.log" 2>&1 &
	keeper=$!
	for ((turn = 0; turn < 50; turn++)); do
		[ "$(holder $keepalived_address)" != eth0 ] || return 0
		sleep 0.2
	done
	die "keepalived did not put its address on eth0: $(tail -n 1 "$bed/keepalived.log")"
}

keepalived_stop() {
	kill "$keeper" 2>/dev/null || true
	wait "$keeper" 2>/dev/null || true
	on_host sysctl -q -w net.ipv4.conf.all.ignore_routes_with_linkdown=0
	ip -n "$host" address delete $keepalived_address/22 dev eth0 2>/dev/null || true
}

crowded=100

# crowd_start: a watcher of many addresses on eth0, with a store of its own, which knows the network.
crowd_start() {
	local number one
	mkdir -p "$bed/crowded/instances"
	for ((number = 0; number < crowded; number++)); do
		one=172.17.107.$((100 + number))
		printf 'tag=crowd%s\nsystem=host\napplication=comm\ntype=ip\nid=%s\ninfo=host eth0 %s fffffc00 eth1\nreason=\nstate=ISP\n' \
			"$number" "$one" "$one" >"$bed/crowded/instances/crowd$number"
	done
	NOIPUNIQUE=1 LKIPBU_STATE_DIR=$bed/crowded ip netns exec "$host" "$lkipbu" --watch 2>"$bed/crowd.log" &
	watcher=$!
	for ((number = 0; number < 300; number++)); do
		[ "$(grep -c 'in service' "$bed/crowd.log")" -lt $crowded ] || break
		sleep 0.2
	done
	for one in 100 150 199; do
		on_client ping -q -c 1 -W 1 172.17.107.$one >/dev/null ||
			die "172.17.107.$one does not answer; the watcher said: $(tail -n 3 "$bed/crowd.log")"
	done
	sleep 8
}

# crowd_cost: the watcher's processor time in ten idle seconds, its children's included, and its memory.
crowd_cost() {
	local pid before after
	pid=$(cat "$LKIPBU_RUN_DIR/watcher")
	before=$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 12-15)
	sleep 10
	after=$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 12-15)
	sample 'crowd idle' "$(awk '{ for (i = 1; i <= 4; i++) t += (NR == 1 ? -1 : 1) * $i } END { print t * 10 }' <<<"$before"$'\n'"$after")"
	sample 'crowd memory' "$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$pid/status")"
}

# crowd_lost: the cable of all of them is cut; what ten clients see at most, and when the last is verified.
crowd_lost() {
	local number one pingers=() gap longest=0
	for ((one = 100; one < 200; one += 11)); do
		ip netns exec "$client" ping -n -D -i 0.01 172.17.107.$one >"$bed/replies.$one" &
		pingers+=($!)
	done
	sleep 1
	ip -n "$switch" link set port1 down
	for ((number = 0; number < 100; number++)); do
		[ "$(grep -c 'moved from' "$bed/crowd.log")" -lt $crowded ] || break
		sleep 0.2
	done
	sleep 0.5
	kill -INT "${pingers[@]}"
	wait "${pingers[@]}" || true
	for ((one = 100; one < 200; one += 11)); do
		gap=$(longest_gap <"$bed/replies.$one")
		longest=$(awk -v a="$longest" -v b="${gap#* }" 'BEGIN { print (a + 0 > b + 0 ? a : b) }')
	done
	sample 'crowd answered' "$longest"
	sample 'crowd verified' "$(sed -n 's/.*moved from .* in \([0-9]*\) ms.*/\1/p' "$bed/crowd.log" | sort -n | tail -n 1)"
	ip -n "$switch" link set port1 up
	# Until the kernel tells that, the next watcher would take eth0 for dead.
	sleep 1
}

# one_crowd: all of it, with a host on which nothing of it has been before.
one_crowd() {
	local one
	crowd_start
	crowd_cost
	crowd_lost
	watch_stop
	for one in eth0 eth1; do
		ip -n "$host" -o -4 address show dev $one | awk '$4 ~ /^172\.17\.107\./ { print "address delete " $4 " dev " $2 }'
	done | ip -n "$host" -batch -
	ip -n "$host" rule flush protocol 108
	rm -rf "$bed/crowded"
}

# carrier_rows: the section of the table.
carrier_rows() {
	watch_start
	repeat carrier_lost 'carrier lkipbu' "$address"
	watch_stop
	if command -v keepalived >/dev/null; then
		keepalived_start
		repeat carrier_lost 'carrier keepalived' "$keepalived_address"
		keepalived_stop
	fi
	heading 'The interface of an address loses its carrier, to the next reply'
	if command -v keepalived >/dev/null; then
		row 'lkipbu --watch' ms 'carrier lkipbu' 'keepalived, script' 'carrier keepalived'
	else
		row 'lkipbu --watch' ms 'carrier lkipbu'
	fi
	runs=$((runs < 5 ? 1 : 5)) repeat one_crowd
	row "$crowded addresses: last answered" ms 'crowd answered' '1 address' 'carrier lkipbu'
	row "$crowded addresses: last verified" ms 'crowd verified' '1 address' 'carrier lkipbu'
	row "$crowded addresses: 10 idle seconds" ms 'crowd idle'
}
