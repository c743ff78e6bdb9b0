
# What picocli cannot know: the tags and interfaces that there are now. Names that hold anything but
# harmless characters are left out, because completion expands words as the shell does.

_lkipbu_plain() {
  local name
  while IFS= read -r name; do
    case $name in
      '' | *[!A-Za-z0-9_./:@+-]*) ;;
      *) printf '%s\n' "$name" ;;
    esac
  done
}

_lkipbu_interfaces() {
  local path
  for path in /sys/class/net/*; do
    [ "${path##*/}" = lo ] || printf '%s\n' "${path##*/}"
  done | _lkipbu_plain
}

# LifeKeeper's instances where LifeKeeper is, else the files of the embedded store.
_lkipbu_tags() {
  local list=${LKROOT:-/opt/LifeKeeper}/bin/ins_list folder=${LKIPBU_STATE_DIR:-/var/lib/lkipbu}/instances
  if [ "${LKIPBU_STORE-}" != embedded ] && [ -x "$list" ]; then
    "$list" -r ip 2>/dev/null | tr '\001' '\t' | cut -f 4
  else
    local path name
    for path in "$folder"/*; do
      name=${path##*/}
      # A name that was too long is stored in part.
      case $name in
        '*' | *%%*) ;;
        *) printf '%b\n' "${name//'%'/\\x}" ;;
      esac
    done
  fi | _lkipbu_plain
}

# Readline cuts a word at : = and @, which a tag may hold: the words are joined before it is looked
# up, and what readline has already is taken from the answers.
_lkipbu() {
  local COMP_WORDS COMP_CWORD
  local line=${COMP_LINE:0:COMP_POINT} cut
  read -ra COMP_WORDS <<<"$line"
  case $line in
    *[[:space:]]) COMP_WORDS+=("") ;;
  esac
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  case ${COMP_WORDS[COMP_CWORD]} in
    --*=*)
      COMP_WORDS+=("${COMP_WORDS[COMP_CWORD]#*=}")
      COMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%%=*}
      ((COMP_CWORD++))
      ;;
  esac
  _complete_lkipbu
  cut=${COMP_WORDS[COMP_CWORD]}
  case $cut in
    *[:=@]*)
      cut=${cut%"${cut##*[:=@]}"}
      COMPREPLY=("${COMPREPLY[@]#"$cut"}")
      ;;
  esac
}

if [ -n "${ZSH_VERSION-}" ]; then
  # zsh has none, and the alias that stands in for it is not seen where functions are loaded.
  unalias compopt 2>/dev/null
  compopt() { :; }
  complete -o default -F _complete_lkipbu lkipbu
else
  complete -o default -F _lkipbu lkipbu
fi
