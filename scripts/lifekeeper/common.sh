# shellcheck shell=sh
# What quickCheck and recover share; sourced by them. The script sets
#   program   its name, for the log
#   home      the folder that holds lkipbu, symbolic links resolved

PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
unset IFS CDPATH ENV

# setting NAME DEFAULT: from the environment, lkipbu.conf or LifeKeeper's defaults; nothing is evaluated.
setting() {
	eval "value=\${$1-}"
	for file in "${LKIPBU_CONFIG_DIR:-/etc/lkipbu}/lkipbu.conf" /etc/default/LifeKeeper; do
		[ -z "$value" ] && [ -r "$file" ] || continue
		value=$(sed -n "s/^[[:space:]]*\(export \)\{0,1\}$1=[\"']\{0,1\}\([^\"'#[:space:]]*\).*/\2/p" "$file" | tail -n 1)
	done
	case $value in
	'' | -* | *[!A-Za-z0-9_./-]*) value=$2 ;;
	esac
	printf '%s\n' "$value"
}

# log LEVEL TEXT: to where LifeKeeper's own lines go in syslog.
log() {
	logger -t "$(setting LKSYSLOGTAG LifeKeeper)" -p "$(setting LKSYSLOGSELECTOR local6).$1" \
		-- "lkipbu $program: $2" 2>/dev/null || :
}

fail() {
	log err "$2"
	printf 'lkipbu: %s %s\n' "$program" "$2" >&2
	exit "$1"
}

# The commands of the home that lkipbu uses as well.
lkroot=$(setting LKROOT /opt/LifeKeeper)
case $(setting LKIPBU_STORE '') in
embedded) lkroot= ;;
*) [ -x "$lkroot/bin/ins_list" ] || lkroot= ;;
esac
ins_list=$home/lcd/ins_list
[ -z "$lkroot" ] || ins_list=$lkroot/bin/ins_list

# read_options WORDS...: sets tag, id and name. sendevent passes all of its own options on, whatever
# they are: a value that belongs to one that is not known here is passed over with it.
read_options() {
	tag='' id='' name=''
	while [ $# -gt 0 ]; do
		case $1 in
		-t) tag=${2-} ;;
		-i) id=${2-} ;;
		-n) name=${2-} ;;
		-t?*) tag=${1#-t} ;;
		-i?*) id=${1#-i} ;;
		-n?*) name=${1#-n} ;;
		-[A-Za-z])
			case ${2-} in
			-*) ;;
			*) [ $# -lt 2 ] || shift ;;
			esac
			shift
			continue
			;;
		*)
			shift
			continue
			;;
		esac
		case $1 in
		-[tin]) [ $# -lt 2 ] || shift ;;
		esac
		shift
	done
}

# tags_of FIELD VALUE: the tags of the addresses whose field, counted from 1, is the value.
# The fifth field is the id; of the sixth, INFO, the third word is the address.
tags_of() {
	"$ins_list" -a comm -r ip | VALUE=$2 awk -F '\001' -v field="$1" '
		{ value = $field }
		field == 6 { split(value, words, " "); value = words[3] }
		value == ENVIRON["VALUE"] { print $4 }'
}

# find_tag: the instance that the options mean. An event names its object by tag, by id or by address.
find_tag() {
	[ -z "$tag" ] || return 0
	found=
	if [ -n "$id" ]; then
		found=$(tags_of 5 "$id")
	elif [ -n "$name" ]; then
		for field in 4 5 6; do
			[ -n "$found" ] || found=$(tags_of $field "$name")
		done
	fi
	case $found in
	'') fail 7 "there is no address ${id:-$name}: it takes -t tag, -i id or -n name" ;;
	*"
"*) fail 5 "${id:-$name} is more than one address: use -t" ;;
	esac
	tag=$found
}
