# shellcheck shell=sh
# Starts a Java program of lkipbu; sourced by the launchers beside it and by those of lcd/.
#
# The launcher sets
#   home   the folder that holds this file and ipaction, symbolic links resolved
#   main   the class to start; where it is empty nothing is started, and $home, $jar, $java and
#          $options are set
# and leaves in "$@" what the program gets. Nothing here starts a child on the usual path.

PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
# Options that whoever called us put into the environment are not for a program that runs as root.
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH CDPATH

lkipbu_fail() {
	printf 'lkipbu: %s: %s\n' "$1" "$2" >&2
	exit 1
}

# An archive of classes is good for one spelling of the jar's path only, so there is one; and the program
# needs no folder of the caller's.
cd -P -- "$home" || lkipbu_fail "the folder of lkipbu cannot be entered" "look at its permissions"
home=$PWD

# Installed, the program lies in lib; in the source tree, where the build puts it.
jar=$home/lib/lkipbu.jar
[ -r "$jar" ] || jar=${home%/*}/target/lkipbu.jar
[ -r "$jar" ] || lkipbu_fail "the program lkipbu.jar is not there" \
	"install lkipbu again, or in the source tree run 'mvn package'"

java=
if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
	# What JAVA_HOME names is run as root only where root alone can change it.
	theirs=$(find -L "$JAVA_HOME" "$JAVA_HOME/bin" "$JAVA_HOME/bin/java" -prune \
		\( ! -user root -o -perm -020 -o -perm -002 \) -print 2>&1)
	[ -n "$theirs" ] || java=$JAVA_HOME/bin/java
fi
if [ -z "$java" ]; then
	for java in /usr/bin/java /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/*/bin/java ''; do
		[ -n "$java" ] && [ -x "$java" ] && break
	done
fi
[ -n "$java" ] || lkipbu_fail "no Java was found" \
	"install a Java 17 or later runtime (Debian: apt-get install openjdk-17-jre-headless)"

# A small young generation keeps ten thousand instances within the memory that one takes; picocli's
# converters to types of java.sql and java.time, which nothing here uses, cost 10 ms.
options='-XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmn4m -Dpicocli.converters.excludes=java.+'

[ -n "${main?}" ] || return 0

# shellcheck disable=SC2086 # words without a space
set -- $options -Dlkipbu.home="$home" -cp "$jar" "$main" "$@"

# A process that stays needs little memory more than a quick start; each thread would get an arena.
case " $* " in
*' --watch '*)
	export MALLOC_ARENA_MAX=1
	exec "$java" -XX:+UseSerialGC -Xmx16m -Xss256k "$@"
	;;
esac

# The archive that the script archive made for the Java of this path. The JVM refuses one that does
# not fit, in silence, but starts slower then than without: so none that is older than these jars or
# than this Java, nor another Java's.
archive=${jar%/*}/archive$java
# shellcheck disable=SC3013 # every sh of Linux has -nt and -ef
if [ "$archive/jsa" -nt "$jar" ] && [ "$archive/jsa" -nt "${jar%/*}/lib" ] &&
	[ "$archive/jsa" -nt "$archive/home/lib" ] && [ "$java" -ef "$archive/home/bin/java" ]; then
	set -- -Xlog:disable -Xshare:auto -XX:SharedArchiveFile="$archive/jsa" "$@"
	# What lists thousands of instances, or runs for months, stays small with the serial collector only.
	case $* in
	*' org.lkipbu.cli.lcd.LcdMain '* | *' --watch'*) ;;
	*) [ ! -e "$archive/g1" ] || exec "$java" -XX:+UseG1GC "$@" ;;
	esac
fi
exec "$java" -XX:+UseSerialGC "$@"
