# shellcheck shell=sh
# Starts a Java program of lkipbu; sourced by the launchers beside it and by those of lcd/.
#
# The launcher sets
#   home   the folder that holds this file and ipaction, symbolic links resolved
#   main   the class to start
# and leaves in "$@" what the program gets. Nothing here starts a child on the usual path.

PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
# Options that whoever called us put into the environment are not for a program that runs as root.
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH

case $home in
/*) ;;
*) home=$PWD/$home ;;
esac

lkipbu_fail() {
	printf 'lkipbu: %s: %s\n' "$1" "$2" >&2
	exit 1
}

# Installed, the program lies in lib; in the source tree, where the build puts it.
jar=$home/lib/lkipbu.jar
[ -r "$jar" ] || jar=$home/../target/lkipbu.jar
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

# A small young generation keeps ten thousand instances within the memory that one takes.
exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn4m -XX:-UsePerfData -Xshare:auto \
	-Dlkipbu.home="$home" -cp "$jar" "${main:?}" "$@"
