# ipaction.awk: decides what must change for protected addresses to be in place.
#
# Reads the host as it is now, the output of one
#   ip -N -o -d -FAMILY -batch    with: link show, addr show, rule show, route show table all, nexthop show
# and what was recorded about each address. Of addresses and routes it may be given only those of the address
# and the unicast ones: that tells that nothing need be changed, but not what.
# Prints what ipaction does, a line each:
#   say TEXT | refuse CODE TEXT     a warning; a refusal
#   lend PATH VALUE                 a sysctl to set for the instant of the change
#   must LINE                       an ip batch line without which the change has failed
#   may LINE                        an ip batch line whose failure is only reported
#   at INTERFACE                    where the address is configured, a line each
#   held INTERFACE                  which of these it is taken from
#   record LINE                     the new record of the address
# What ip itself said stands among its output, and a line "unreadable" at its end when it failed.
# No output but at and record lines: everything is in place already.
#
# Variables: op      place (the address on `target` and nowhere else), drop (off `target`),
#                    tend (rules and routes to match the place where the address is, where ours
#                    had put it or rules of ours are left; else its routes are recorded alone)
#            vip plen family target waits nodad
# The folder LKIPBU_RUN_DIR has addresses/ADDRESS, what was recorded about each, and tables, which says
# what tables they own.
#
# Without an op it decides for many addresses at once, each as if those before it were done. They are
# named by a first file, input=list, a line each: OPERATION ADDRESS/PREFIX FROM [TO], of which this
# takes move and restore for place and refresh for tend. It writes to files in the folder `work`:
#   lends musts mays                as above, of all of them
#   records/ADDRESS                 the new record of each
#   tables                          what is new in the file of that name
#   changed                         ADDRESS INTERFACE, of each to announce
#   results                         ADDRESS/PREFIX 0 WORDS, of each, to print when all is done
#   alone                           the lines that cannot be decided among others, as they take routes
#                                   of the host along, or are refused
#
# The kernel facts that it rests on (all seen on Linux 6.18 and in its net/ipv4, net/ipv6):
# - a connected route of a dead interface keeps its place ahead of a live one's (flag linkdown);
# - deleting an IPv4 address deletes the routes with that `src`, on any interface (newer kernels: in
#   table main only); deleting an IPv6 one takes the `src` out of them;
# - deleting an interface's last IPv4 address deletes all its IPv4 routes;
# - a gateway is checked against the routes in the same table first, or not at all when `onlink`.

# --- addresses as numbers -------------------------------------------------------------------------

function hex(text,    i, value) {
    value = 0
    for (i = 1; i <= length(text); i++)
        value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value
}

# Fills groups[1..n] (IPv4: 4 of 8 bits, IPv6: 8 of 16 bits) and returns n, or 0 when text is no address.
function parse_address(text, groups,    i, n, count, parts, halves, left, right, dotted) {
    if (family == 4) {
        if (split(text, parts, ".") != 4) return 0
        for (i = 1; i <= 4; i++) {
            if (parts[i] !~ /^[0-9]+$/ || length(parts[i]) > 3 || parts[i] > 255) return 0
            if (length(parts[i]) > 1 && substr(parts[i], 1, 1) == "0") return 0
            groups[i] = parts[i] + 0
        }
        return 4
    }
    text = tolower(text)
    if (text !~ /^[0-9a-f:.]+$/ || text ~ /:::/) return 0
    if (match(text, /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/)) {
        split(substr(text, RSTART), dotted, ".")
        for (i = 1; i <= 4; i++) if (dotted[i] > 255) return 0
        text = substr(text, 1, RSTART - 1) sprintf("%x:%x", dotted[1] * 256 + dotted[2], dotted[3] * 256 + dotted[4])
    }
    count = split(text, halves, "::")
    if (count > 2) return 0
    left = halves[1] == "" ? 0 : split(halves[1], parts, ":")
    for (i = 1; i <= left; i++) if (parts[i] == "" || length(parts[i]) > 4) return 0
    for (i = 1; i <= left; i++) groups[i] = hex(parts[i])
    if (count == 1) return left == 8 ? 8 : 0
    right = halves[2] == "" ? 0 : split(halves[2], parts, ":")
    for (i = 1; i <= right; i++) if (parts[i] == "" || length(parts[i]) > 4) return 0
    if (left + right > 7) return 0
    for (i = left + 1; i <= 8 - right; i++) groups[i] = 0
    for (i = 1; i <= right; i++) groups[8 - right + i] = hex(parts[i])
    return 8
}

# The address as the kernel's tools print it (inet_ntop).
function format_address(groups,    i, n, run, best, start, text) {
    if (family == 4) return groups[1] "." groups[2] "." groups[3] "." groups[4]
    best = 1; start = 0
    for (i = 1; i <= 8; i += run ? run : 1) {
        for (run = 0; i + run <= 8 && groups[i + run] == 0; run++) ;
        if (run > best) { best = run; start = i }
    }
    if (start == 1 && (best == 6 || best == 5 && groups[6] == 65535))
        return (best == 6 ? "::" : "::ffff:") int(groups[7] / 256) "." groups[7] % 256 "." int(groups[8] / 256) "." groups[8] % 256
    for (i = 1; i <= 8; i++) {
        if (i == start) { text = text "::"; i += best - 1; continue }
        text = text (text == "" || text ~ /::$/ ? "" : ":") sprintf("%x", groups[i])
    }
    return text
}

function canonical(text,    groups) {
    return parse_address(text, groups) ? format_address(groups) : ""
}

# Clears the host bits of groups[].
function mask_groups(groups, bits,    i, width, unit) {
    width = family == 4 ? 8 : 16
    for (i = 1; i <= (family == 4 ? 4 : 8); i++) {
        if (bits >= width) { bits -= width; continue }
        unit = 2 ^ (width - bits)
        groups[i] = int(groups[i] / unit) * unit
        bits = 0
    }
}

function network(address, bits,    groups) {
    if (!parse_address(address, groups)) return ""
    mask_groups(groups, bits)
    return format_address(groups)
}

# Whether PREFIX (default, ADDRESS or NETWORK/BITS) contains the protected address.
function covers_vip(prefix,    parts) {
    if (prefix == "default" || prefix == "all") return 1
    if (split(prefix, parts, "/") == 1) return parts[1] == vip
    return network(vip, parts[2]) == parts[1]
}

# --- the host as it is ----------------------------------------------------------------------------

# An address that is refused has no plan.
function refuse(code, text) {
    if (!many && !refused) print "refuse " code " " text
    refused = 1
}

function read_link(    name, parts) {
    name = $2
    sub(/:$/, "", name); sub(/@.*/, "", name)
    link_up[name] = $3 ~ /[<,]UP[,>]/
    if ($0 ~ / vrf_slave /) in_vrf[name] = 1
}

# A line of an address: NUMBER: INTERFACE inet ADDRESS/BITS ...
function read_address(line,    w, parts) {
    split(line, w, " ")
    split(w[4], parts, "/")
    add_address(w[2], parts[1], parts[2] == "" ? full : parts[2], line ~ / noprefixroute /)
    if (!(parts[1] in wanted)) return
    address_secondary[addresses] = line ~ / secondary /
    address_unusable[addresses] = line ~ / dadfailed /
}

# Reads one more of the other addresses, which most plans ask little about; whether there was one.
function read_another() {
    if (others_read >= others) return 0
    read_address(other_line[++others_read])
    return 1
}

function add_address(dev, address, bits, routeless) {
    address_dev[++addresses] = dev
    address_host[addresses] = address
    address_bits[addresses] = bits
    address_routeless[addresses] = routeless
    on_dev[dev]++
    on_dev_at[dev, ++on_dev_last[dev]] = addresses
    if (address in wanted) entry_of[address, ++entries[address]] = addresses
}

function take_address(i) {
    on_dev[address_dev[i]]--
    address_dev[i] = ""
}

# Where the protected address is.
function find_holders(    k, i, dev) {
    for (k = 1; k <= entries[vip]; k++) {
        i = entry_of[vip, k]
        dev = address_dev[i]
        if (dev == "") continue
        holders[dev] = address_bits[i]
        secondary[dev] = address_secondary[i]
        unusable[dev] = address_unusable[i]
        mine_on[dev]++
    }
}

# Whether an interface has another address.
function has_others(dev) {
    while (on_dev[dev] <= mine_on[dev]) if (!read_another()) return 0
    return 1
}

# Whether another address of the interface is of the same subnet, and, when asked, has its route.
function shares_subnet(dev, bits, with_route,    k, i) {
    for (k = 1; ; k++) {
        while (k > on_dev_last[dev]) if (!read_another()) return 0
        i = on_dev_at[dev, k]
        if (address_dev[i] != dev || address_bits[i] != bits || address_host[i] == vip) continue
        if (with_route && address_routeless[i]) continue
        if (!(i in address_network)) address_network[i] = network(address_host[i], bits)
        if (address_network[i] == network(vip, bits)) return 1
    }
}

# Reads the words of one hop (via, dev, onlink) from w[first..last] into hop fields of route r.
function read_hop(r, w, first, last,    i) {
    hops[r]++
    for (i = first; i <= last; i++) {
        if (w[i] == "via") { hop_via[r, hops[r]] = w[i + 1] == "inet6" || w[i + 1] == "inet" ? w[i + 1] " " w[i + 2] : w[i + 1] }
        else if (w[i] == "dev") hop_dev[r, hops[r]] = w[i + 1]
        else if (w[i] == "onlink") hop_onlink[r, hops[r]] = 1
        else if (w[i] == "weight") hop_weight[r, hops[r]] = w[i + 1]
    }
}

# A line of a route. What is in the tables of protected addresses is read when the table is asked for.
function keep_route(line,    t) {
    if (!match(line, / table [0-9]+/)) { read_route(line); return }
    t = substr(line, RSTART + 7, RLENGTH - 7)
    if (choosing) table_used[t] = 1
    if (t in owned || choosing && t >= base && t < base + size) table_line[t, ++table_lines[t]] = line
    else if (t < base || t >= base + size) read_route(line)
}

# Whether a line of an address is that of one that is asked for.
function is_wanted(line) {
    return match(line, / inet6? [^ \/]+/) && substr(line, RSTART + (family == 4 ? 6 : 7), RLENGTH - (family == 4 ? 6 : 7)) in wanted
}

# The routes of one table of ours, behind those of the host.
function read_own_routes(t,    i) {
    for (i = 1; i <= table_lines[t]; i++) read_route(table_line[t, i])
    expand_nexthops(host_routes + 1)
}

# Reads one line of `ip -N -o -d route show table all`: TYPE PREFIX ... [\ nexthop ...]
function read_route(line,    pieces, count, w, n, i, r, p) {
    gsub(/\\/, " \\ ", line)
    count = split(line, pieces, /[ \t]*\\[ \t]*/)
    n = split(pieces[1], w, /[ \t]+/)
    r = ++routes
    type[r] = w[1]; prefix[r] = w[2]; metric[r] = ""; src[r] = ""; extra[r] = ""; nhid[r] = ""
    table[r] = ""; protocol[r] = ""; scope[r] = ""; preference[r] = ""
    for (i = 1; i <= hops[r] + 1; i++) { hop_via[r, i] = ""; hop_dev[r, i] = ""; hop_onlink[r, i] = ""; hop_weight[r, i] = "" }
    hops[r] = 0
    for (i = 3; i <= n; i++) {
        if (w[i] == "table") table[r] = w[++i]
        else if (w[i] == "proto") protocol[r] = w[++i]
        else if (w[i] == "scope") scope[r] = w[++i]
        else if (w[i] == "src") src[r] = w[++i]
        else if (w[i] == "metric") metric[r] = w[++i]
        else if (w[i] == "nhid") nhid[r] = w[++i]
        else if (w[i] == "pref") preference[r] = w[++i]
        else if (w[i] == "mtu" && w[i + 1] == "lock") { extra[r] = extra[r] " mtu lock " w[i + 2]; i += 2 }
        else if (w[i] ~ /^(mtu|advmss|initcwnd|initrwnd|hoplimit|window|quickack)$/) { extra[r] = extra[r] " " w[i] " " w[i + 1]; i++ }
    }
    read_hop(r, w, 3, n)
    if (hop_dev[r, 1] == "" && hop_via[r, 1] == "") hops[r] = 0
    for (p = 2; p <= count; p++) {
        n = split(pieces[p], w, /[ \t]+/)
        if (w[1] == "nexthop") read_hop(r, w, 2, n)
    }
}

# Routes of a host with nexthop_compat_mode=0 name their nexthop object only.
function expand_nexthops(r,    i, n, members) {
    for (; r <= routes; r++) {
        if (nhid[r] == "" || hops[r]) continue
        n = (nhid[r] in group_of) ? split(group_of[nhid[r]], members, "/") : split(nhid[r], members, "/")
        for (i = 1; i <= n; i++) {
            sub(/,.*/, "", members[i])
            hops[r]++
            hop_dev[r, i] = nexthop_dev[members[i]]
            hop_via[r, i] = nexthop_via[members[i]]
            hop_onlink[r, i] = nexthop_onlink[members[i]]
        }
    }
}

function read_nexthop(    i) {
    nexthops[$2] = 1
    for (i = 3; i <= NF; i++) {
        if ($i == "via") nexthop_via[$2] = $(i + 1)
        else if ($i == "dev") nexthop_dev[$2] = $(i + 1)
        else if ($i == "onlink") nexthop_onlink[$2] = 1
        else if ($i == "group") group_of[$2] = $(i + 1)
    }
}

# A line of a rule of ours.
function keep_own_rule(line,    from) {
    from = substr(line, index(line, "from ") + 5, 45)
    from = substr(from, 1, index(from, " ") - 1)
    if (from in wanted) own_rule[from, ++own_rules[from]] = line
    if (choosing && match(line, / lookup [0-9]+/)) table_used[substr(line, RSTART + 8, RLENGTH - 8)] = 1
}

# Reads one line of `ip -N rule show`: PREF: [not] from X ... lookup TABLE ... proto N
function parse_rule(line,    w, n, i) {
    n = split(line, w, /[ \t]+/)
    r_pref = w[1]; sub(/:$/, "", r_pref)
    r_from = "all"
    r_lookup = r_suppress = r_conditional = r_forwarded = r_negated = ""
    for (i = 2; i <= n; i++) {
        if (w[i] == "not") r_negated = 1
        else if (w[i] == "from") r_from = w[++i]
        else if (w[i] == "lookup") r_lookup = w[++i]
        else if (w[i] == "suppress_prefixlength") r_suppress = w[++i]
        else if (w[i] == "iif") { r_conditional = 1; r_forwarded = w[++i] != "lo" }
        else if (w[i] ~ /^(fwmark|to|oif|tos|dsfield|uidrange|ipproto|sport|dport|tun_id)$/) { r_conditional = 1; i++ }
    }
}

# A rule of the host's own.
function read_rule(line,    h) {
    parse_rule(line)
    if (r_lookup != "") table_used[r_lookup] = 1
    if (r_lookup == 255 && r_from == "all" && !r_conditional && !r_negated) { local_pref = r_pref; return }
    if (r_forwarded) return
    h = ++host_rules
    host_rule_pref[h] = r_pref
    host_rule_from[h] = r_from
    host_rule_negated[h] = r_negated
    host_rule_leads[h] = !r_conditional && !r_negated ? r_lookup : ""
}

# Which rules of the host the address meets, and which it has of ours.
function find_rules(    i) {
    for (i = 1; i <= own_rules[vip]; i++) {
        parse_rule(own_rule[vip, i])
        rules++
        rule_pref[rules] = r_pref
        rule_table[rules] = r_lookup
        rule_suppress[rules] = r_suppress == "" ? "no" : r_suppress
    }
    for (i = 1; i <= host_rules; i++) {
        if (!host_rule_negated[i] && !covers_vip(host_rule_from[i])) continue
        if (host_pref == "" || host_rule_pref[i] + 0 < host_pref + 0) host_pref = host_rule_pref[i]
        if (host_rule_leads[i] != "") chain[++chained] = host_rule_leads[i]
    }
}

# --- what the address uses ------------------------------------------------------------------------

# The attributes of a path that hold on another interface of the same network.
function path(r, h) {
    return (hop_via[r, h] == "" ? "" : "via " hop_via[r, h]) extra[r]
}

function hop_on(r, dev,    h) {
    for (h = 1; h <= hops[r]; h++) if (hop_dev[r, h] == dev) return h
    return 0
}

function only_on(r, dev,    h) {
    for (h = 1; h <= hops[r]; h++) if (hop_dev[r, h] != dev) return 0
    return hops[r] > 0
}

function link_local(p) {
    return family == 6 && p ~ /^(fe[89ab]|ff)/
}

# live[DEV, PREFIX]: how the host reaches PREFIX by dev, from the tables that the address's packets visit.
function read_live(dev,    c, r, h) {
    if (dev in lives) return
    lives[dev] = 0
    for (c = 1; c <= chained; c++)
        for (r = 1; r <= routes; r++) {
            if (table[r] != chain[c] || type[r] != 1 || protocol[r] == proto || gone[r]) continue
            if ((dev, prefix[r]) in live || prefix[r] == subnet || prefix[r] == vip || link_local(prefix[r])) continue
            if (h = hop_on(r, dev)) { live[dev, prefix[r]] = path(r, h); live_order[dev, ++lives[dev]] = prefix[r] }
        }
}

# used[PREFIX]: the routes of the address on its first interface, its origin. As long as it is there
# they are read anew. What was recorded and is not there now was dropped by the kernel when the
# interface went down or lost its last address; but where the interface shows a default route it is
# intact and nothing is missing.
function read_used(    i, p) {
    if (origin in holders) {
        read_live(origin)
        for (i = 1; i <= lives[origin]; i++) use(live_order[origin, i], live[origin, live_order[origin, i]])
        if (link_up[origin] && ((origin, "default") in live)) return
    }
    for (i = 1; i <= recorded; i++)
        if (recorded_prefix[i] != subnet) use(recorded_prefix[i], recorded_path[i])
}

function use(p, words) {
    if (p in used) return
    used[p] = words
    used_order[++uses] = p
}

# Whether the host's own first choice for PREFIX leaves by dev, so that the address needs no copy of it.
function host_sends_by(p, dev,    c, r, best) {
    for (c = 1; c <= chained; c++) {
        best = 0
        for (r = 1; r <= routes; r++)
            if (table[r] == chain[c] && prefix[r] == p && protocol[r] != proto && !gone[r] && (!best || metric[r] + 0 < metric[best] + 0)) best = r
        if (best) return only_on(best, dev)
    }
    return 0
}

# The routes that dev lost come back with the address: they count as there.
function expect_return(dev,    i) {
    for (i = 1; i <= displacements; i++)
        if (displaced_from[i] == dev && !has_route(displaced[i], dev)) { read_route("1 " displaced[i]); returning[routes] = 1 }
}

# want[PREFIX]: the address's own table when it is on dev; directly connected networks first, because
# gateways are checked against them.
# What dev has of its own comes before what the address used elsewhere.
function plan_table(dev,    i, gateways, p) {
    if (plen < full) need(subnet, "dev " dev)
    read_live(dev)
    for (gateways = 0; gateways <= 1; gateways++) {
        for (i = 1; i <= lives[dev]; i++) plan_route(live_order[dev, i], live[dev, live_order[dev, i]], dev, gateways)
        for (i = 1; i <= uses; i++) {
            p = used_order[i]
            if (!((dev, p) in live)) plan_route(p, used[p], dev, gateways)
        }
    }
}

function plan_route(p, words, dev, gateways) {
    if ((words ~ /^via/) != gateways || host_sends_by(p, dev)) return
    if (!gateways) need(p, "dev " dev words)
    else if (match(words, /^via (inet6? )?[^ ]+/))
        need(p, substr(words, 1, RLENGTH) " dev " dev (family == 4 ? " onlink" : "") substr(words, RLENGTH + 1))
}

function need(p, words) {
    want[p] = words
    want_order[++wants] = p
}

# The words of a route of the address's own table as plan_route writes them.
function own_words(r) {
    return (hop_via[r, 1] == "" ? "" : "via " hop_via[r, 1] " ") "dev " hop_dev[r, 1] \
        (hop_onlink[r, 1] ? " onlink" : "") extra[r]
}

# --- what the host loses and gets back ------------------------------------------------------------

# A route as it is, in words that put it back. A nexthop object is named as long as it exists.
function whole(r,    words, h) {
    words = prefix[r]
    if (nhid[r] != "") words = words " nhid " nhid[r]
    if (hops[r] == 1) words = words hop_words(r, 1, "")
    for (h = 1; hops[r] > 1 && h <= hops[r]; h++) words = words hop_words(r, h, " nexthop")
    words = words " table " table[r] " proto " protocol[r]
    if (family == 4) words = words " scope " scope[r]
    if (src[r] != "") words = words " src " src[r]
    if (metric[r] != "") words = words " metric " metric[r]
    return words extra[r] (preference[r] == "" || preference[r] == "medium" ? "" : " pref " preference[r])
}

function hop_words(r, h, lead) {
    return lead (hop_via[r, h] == "" ? "" : " via " hop_via[r, h]) " dev " hop_dev[r, h] \
        (lead != "" && hop_weight[r, h] != "" ? " weight " hop_weight[r, h] : "") (hop_onlink[r, h] ? " onlink" : "")
}

# A recorded original again as ip takes it: the nexthop object if it is still there, else its path.
function original(words,    w, n, i, id) {
    if (!match(words, / nhid [0-9]+/)) return words
    id = substr(words, RSTART + 6, RLENGTH - 6)
    if (!(id in nexthops)) { sub(/ nhid [0-9]+/, "", words); return words }
    n = split(words, w, " ")
    words = w[1] " nhid " id
    for (i = 2; i <= n; i++) if (w[i] ~ /^(table|proto|scope|src|metric)$/) words = words " " w[i] " " w[i + 1]
    return words
}

# The value after a word in a line of words, or "".
function value_of(words, word,    w, n, i) {
    n = split(words, w, " ")
    for (i = 2; i < n; i++) if (w[i] == word) return w[i + 1]
    return ""
}

# Marks what the kernel drops when the address leaves `from` (IPv6: what loses its src), and notes
# what of it must come back: on its own interface at once, or here again when the address returns.
function lose(from,    r, alone, mine) {
    alone = family == 4 && !has_others(from)
    for (r = 1; r <= routes; r++) {
        if (type[r] != 1 || table[r] == 255) continue
        mine = protocol[r] == 2 && prefix[r] == subnet && (src[r] == vip || family == 6) && hop_dev[r, 1] == from
        if (mine && !shares_subnet(from, plen, 1)) { gone[r] = 1; continue }
        if (mine || table[r] == own_table) continue
        if (src[r] != vip && !(alone && only_on(r, from))) continue
        if (protocol[r] != proto && (!alone || !only_on(r, from))) { again[++agains] = whole(r); continue }
        gone[r] = 1
        if (protocol[r] == proto) continue
        displaced[++displacements] = whole(r)
        displaced_from[displacements] = from
    }
}

# The host's routes that were displaced from other interfaces, on dev: our protocol, a high metric.
function stand_in(words, dev,    out, via, s) {
    via = value_of(words, "via")
    if (via == "inet6") via = "inet6 " value_of(words, "inet6")
    s = value_of(words, "src")
    split(words, out, " ")
    return out[1] (via == "" ? "" : " via " via) " dev " dev (via != "" && family == 4 ? " onlink" : "") \
        " table " value_of(words, "table") " proto " proto (s == "" ? "" : " src " s) \
        " metric " (high_metric + value_of(words, "metric"))
}

# Whether the host has a route of its own to the same prefix in the same table by dev.
function has_route(words, dev,    w, r) {
    split(words, w, " ")
    for (r = 1; r <= routes; r++)
        if (prefix[r] == w[1] && table[r] == value_of(words, "table") && protocol[r] != proto && !gone[r] && !returning[r] && hop_on(r, dev)) return 1
    return 0
}

# What stands in for displaced routes on dev, and what was standing in elsewhere and goes.
function plan_host(dev,    i, r, w, words) {
    for (i = 1; i <= agains; i++) may("route replace " again[i])
    for (i = 1; i <= displacements; i++) {
        if (displaced_from[i] != dev || !link_up[dev]) continue
        split(displaced[i], w, " ")
        returned[w[1], value_of(displaced[i], "table")] = 1
        if (!has_route(displaced[i], dev)) may("route add " original(displaced[i]))
        displaced[i] = ""
    }
    for (r = 1; r <= routes; r++) if (protocol[r] == proto && table[r] != own_table && !gone[r]) standing[stand_words(r)] = 1
    for (i = 1; i <= displacements && dev != ""; i++) {
        split(displaced[i], w, " ")
        if (displaced[i] == "" || !link_up[dev] || (w[1], value_of(displaced[i], "table")) in returned) continue
        if (!has_route(displaced[i], dev)) stands[stand_in(displaced[i], dev)] = 1
    }
    for (i = 1; i <= stood; i++) if (!(stood_words[i] in stands) && stood_words[i] in standing) first("route del " stood_words[i])
    for (words in stands) if (!(words in standing)) may("route add " words)
}

function stand_words(r) {
    return prefix[r] (hop_via[r, 1] == "" ? "" : " via " hop_via[r, 1]) " dev " hop_dev[r, 1] \
        (hop_onlink[r, 1] ? " onlink" : "") " table " table[r] " proto " proto \
        (src[r] == "" ? "" : " src " src[r]) " metric " metric[r]
}

# --- the plan -------------------------------------------------------------------------------------

function lend(line) { lends[++nlend] = line }
function first(line) { firsts[++nfirst] = line }
function must(line) { musts[++nmust] = line }
function may(line) { mays[++nmay] = line }

# The first rule preference: ours come after `local` and before every rule that the address could match.
function choose_prefs(    p, step) {
    p = prefs; step = 1
    if (p <= local_pref || host_pref != "" && p + 2 >= host_pref + 0) {
        p = local_pref + 1
        step = host_pref == "" || p + 2 < host_pref + 0
        if (host_pref != "" && p >= host_pref + 0)
            refuse(5, "there is no place for a rule of " vip " between the rules with preference " local_pref " and " host_pref ": give the host's rule a higher preference")
    }
    wanted_pref[1] = p; wanted_pref[2] = p + step; wanted_pref[3] = p + 2 * step
    wanted_table[1] = wanted_table[3] = own_table; wanted_table[2] = 254
    wanted_suppress[1] = wanted_suppress[2] = 0; wanted_suppress[3] = "no"
}

function rule_line(pref, tab, suppress) {
    return "pref " pref " from " vip " lookup " tab (suppress == "no" ? "" : " suppress_prefixlength " suppress) " protocol " proto
}

# With one preference for all three their order is that in which they were added: all or none.
function plan_rules(    i, j, right, same) {
    choose_prefs()
    if (refused) return
    right = rules == 3
    for (i = 1; i <= 3 && right; i++)
        right = rule_pref[i] == wanted_pref[i] && rule_table[i] == wanted_table[i] && rule_suppress[i] == wanted_suppress[i]
    if (right) return
    for (i = 1; i <= rules; i++) first("rule del " rule_line(rule_pref[i], rule_table[i], rule_suppress[i]))
    for (i = 1; i <= 3; i++) must("rule add " rule_line(wanted_pref[i], wanted_table[i], wanted_suppress[i]))
}

function drop_rules(    i) {
    for (i = 1; i <= rules; i++) must("rule del " rule_line(rule_pref[i], rule_table[i], rule_suppress[i]))
}

# Which tables other addresses own, whether they are in service or not.
function read_taken(    line, parts) {
    if (taken_read) return
    taken_read = 1
    while ((getline line <(folder "/tables")) > 0) {
        split(line, parts, " ")
        if (parts[2] != only) taken[parts[1]] = 1
    }
    close(folder "/tables")
}

# A number that is stable for an address: from the address itself, then the next that nobody uses.
function choose_table(    groups, n, i, start) {
    if (own_table == "" && rules) own_table = rule_table[1]
    if (own_table != "") return
    read_taken()
    n = parse_address(vip, groups)
    for (i = 1; i <= n; i++) start = (start * 31 + groups[i]) % size
    for (i = 0; i < size; i++) {
        own_table = base + (start + i) % size
        if (!(own_table in table_used) && !(own_table in taken)) { new_table = 1; return }
    }
    own_table = ""
    refuse(5, "all tables from " base " to " base + size - 1 " are in use: remove addresses that are no longer protected")
}

function plan_own_table(dev,    r, i, p) {
    plan_table(dev)
    for (r = 1; r <= routes; r++) {
        if (table[r] != own_table) continue
        if (prefix[r] in want && want[prefix[r]] == own_words(r) && !gone[r]) have[prefix[r]] = 1
        else if (!(prefix[r] in want)) first("route del " prefix[r] " dev " hop_dev[r, 1] " table " own_table (metric[r] == "" ? "" : " metric " metric[r]))
    }
    for (i = 1; i <= wants; i++) {
        p = want_order[i]
        if (p in have) continue
        if (p == subnet || p == "default") must("route replace " p " " want[p] " table " own_table " proto " proto)
        else may("route replace " p " " want[p] " table " own_table " proto " proto)
    }
}

# Whether main reaches the subnet without the address, so that the address must bring no route of its own.
function subnet_reached(    r) {
    for (r = 1; r <= routes; r++)
        if (table[r] == 254 && prefix[r] == subnet && type[r] == 1 && !gone[r] && protocol[r] != proto) return 1
    return 0
}

function add_line(dev) {
    return "addr add " vip "/" plen (family == 4 && plen < 31 ? " brd +" : "") " dev " dev \
        (subnet_reached() ? " noprefixroute" : "") (family == 6 ? " preferred_lft 0" (nodad ? " nodad" : "") : "")
}

function leave(dev) {
    held = dev
    if (family == 4 && !secondary[dev] && shares_subnet(dev, holders[dev], 0))
        lend("net/ipv4/conf/" dev "/promote_secondaries 1")
    lose(dev)
    must("addr del " vip "/" holders[dev] " dev " dev)
    delete holders[dev]
}

function place(    dev, misfit) {
    if (!(target in link_up)) { refuse(1, "there is no interface " target); return }
    if (target in in_vrf) { refuse(5, target " belongs to a VRF: name an interface that does not"); return }
    if (origin == "") { origin = target; for (dev in holders) if (!(target in holders)) origin = dev }
    choose_table()
    if (refused) return
    # A fresh origin is read before the address is on it.
    if (!recorded && !(origin in holders)) { holders[origin] = plen; read_used(); delete holders[origin] }
    else read_used()
    misfit = (target in holders) && (holders[target] != plen || unusable[target])
    for (dev in holders) if (dev != target || misfit) leave(dev)
    if (!(target in holders)) {
        if (family == 6 && !nodad && !waits) {
            lend("net/ipv6/conf/" target "/accept_dad 0")
            lend("net/ipv6/conf/all/accept_dad 0")
            lend("net/ipv6/conf/" target "/ndisc_notify 1")
        }
        must(add_line(target))
        added = 1
    }
    # On an interface that is down the kernel takes an address but no route.
    if (link_up[target]) { expect_return(target); plan_own_table(target) }
    else warning = "warning: " target " is down: " vip " is configured on it but cannot answer"
    plan_rules()
    plan_host(target)
    recorded_on = target
}

function drop(    dev, r) {
    read_used()
    if (target in holders) {
        if (origin == "") origin = target
        leave(target)
    }
    for (dev in holders) { target = dev; place(); return }
    drop_rules()
    for (r = 1; r <= routes; r++)
        if (own_table != "" && table[r] == own_table)
            first("route del " prefix[r] " dev " hop_dev[r, 1] " table " own_table (metric[r] == "" ? "" : " metric " metric[r]))
    agains = 0
    plan_host("")
    recorded_on = ""
}

# An address that somebody else put on its interface, and never had rules of ours, gets none: what it
# uses is recorded for the day on which it moves.
function observe() {
    origin = target
    choose_table()
    read_used()
}

function tend(    dev) {
    for (dev in holders) { if (target == "" || !(target in holders)) target = dev }
    if (!(target in holders)) { target = ""; drop() }
    else if (recorded_on != "" || rules) place()
    else observe()
}

# --- one address after the other ------------------------------------------------------------------

function clear_plan() {
    own_table = recorded_on = origin = ""
    recorded = displacements = stood = rules = chained = uses = wants = agains = nlend = nfirst = nmust = nmay = 0
    host_pref = held = warning = refused = added = new_table = ""
    routes = host_routes
    split("", holders); split("", secondary); split("", unusable); split("", mine_on)
    split("", live); split("", lives); split("", used); split("", want); split("", have)
    split("", gone); split("", returning); split("", returned); split("", standing); split("", stands)
}

function read_record(    file, line, w) {
    file = folder "/addresses/" vip
    while ((getline line <file) > 0) {
        split(line, w, " ")
        if (w[1] == "table") own_table = w[2]
        else if (w[1] == "on") recorded_on = w[2]
        else if (w[1] == "origin") origin = w[2]
        else if (w[1] == "route") {
            recorded_prefix[++recorded] = w[2]
            recorded_path[recorded] = substr(line, length("route " w[2]) + 2)
            if (recorded_path[recorded] != "" && recorded_path[recorded] !~ /^via/) recorded_path[recorded] = " " recorded_path[recorded]
        }
        else if (w[1] == "displaced") {
            displaced[++displacements] = substr(line, length("displaced " w[2]) + 2)
            displaced_from[displacements] = w[2]
        }
        else if (w[1] == "stand-in") stood_words[++stood] = substr(line, length("stand-in ") + 1)
    }
    close(file)
}

function set_address(address, bits) {
    vip = canonical(address)
    plen = bits
    subnet = plen == full ? vip : network(vip, plen) "/" plen
    if (plen == 0) subnet = "default"
}

function make_plan() {
    clear_plan()
    read_record()
    find_holders()
    find_rules()
    if (own_table == "" && rules) own_table = rule_table[1]
    read_own_routes(own_table)
    if (op == "place") place()
    else if (op == "drop") drop()
    else tend()
}

# Whether the plan is about more than the address itself, so that the next one could not be made
# without seeing what became of it.
function is_entangled() {
    return refused || agains || displacements || stood
}

# A line of the plan.
function put(kind, text) {
    if (!many) print kind " " text
    else if (kind == "must" || kind == "may" || kind == "lend") print text >(work "/" kind "s")
    else if (kind == "record") print text >(work "/records/" vip)
}

function write_plan(    i, w, dev) {
    if (warning != "") put("say", warning)
    for (dev in mine_on) if (mine_on[dev]) put("at", dev)
    if (held != "") put("held", held)
    for (i = 1; i <= nlend; i++) put("lend", lends[i])
    for (i = 1; i <= nfirst; i++) put("must", firsts[i])
    for (i = 1; i <= nmust; i++) put("must", musts[i])
    for (i = 1; i <= nmay; i++) put("may", mays[i])
    if (own_table == "") return
    put("record", "table " own_table)
    if (recorded_on != "") put("record", "on " recorded_on)
    if (origin != "") put("record", "origin " origin)
    for (i = 1; i <= uses; i++) put("record", "route " used_order[i] (used[used_order[i]] == "" ? "" : (used[used_order[i]] ~ /^ / ? "" : " ") used[used_order[i]]))
    for (i = 1; i <= displacements; i++)
        if (displaced[i] != "") put("record", "displaced " displaced_from[i] " " displaced[i])
    for (w in stands) put("record", "stand-in " w)
    if (many) close(work "/records/" vip)
}

# What the plan does to addresses, for the next one to see.
function carry_out(    k, i) {
    for (k = 1; k <= entries[vip]; k++) {
        i = entry_of[vip, k]
        if (address_dev[i] != "" && !(address_dev[i] in holders)) take_address(i)
    }
    if (added) add_address(target, vip, plen, subnet_reached())
    table_used[own_table] = 1
}

function first_change() {
    return nfirst ? firsts[1] : nmust ? musts[1] : nmay ? mays[1] : ""
}

function plan_many(    j, w, n, parts, repeated, change) {
    for (j = 1; j <= jobs; j++) {
        n = split(job[j], w, " ")
        split(w[2], parts, "/")
        set_address(parts[1], parts[2])
        op = w[1] == "refresh" ? "tend" : "place"
        target = w[n]
        repeated = vip in planned
        planned[vip] = 1
        if (vip != "" && !repeated) make_plan()
        if (vip == "" || repeated || is_entangled()) { print job[j] >(work "/alone"); continue }
        write_plan()
        carry_out()
        change = first_change()
        if (change != "" || w[1] == "restore") print vip " " target >(work "/changed")
        if (new_table) print own_table " " vip >(work "/tables")
        print w[2] " 0 " (op == "tend" && change != "" ? "put right: " change : "") >(work "/results")
    }
}

BEGIN {
    full = family == 4 ? 32 : 128
    high_metric = 1080000
    # The documented ranges: the protocol number, rule preferences and route tables of all that is ours.
    # The expressions below that skip lines know them too.
    proto = 108
    prefs = 108
    base = 1080000
    size = 8192
    folder = ENVIRON["LKIPBU_RUN_DIR"]
    if (op == "canonical") { print canonical(vip); ended = 1; exit }
    many = op == ""
    local_pref = 0
    if (!many) {
        set_address(vip, plen)
        only = vip
        wanted[vip] = 1
        read_record()
        if (own_table == "") choosing = 1
        else owned[own_table] = 1
        quick = !choosing
        own_mark = " table " own_table " "
    }
}

input == "list" {
    job[++jobs] = $0
    sub(/\/.*/, "", $2)
    vip = canonical($2)
    wanted[vip] = 1
    own_table = ""
    read_record()
    if (own_table == "") choosing = 1
    else owned[own_table] = 1
    next
}

# A host with a thousand addresses has thousands of lines that have nothing to do with the one that is
# asked for: rules and tables of other protected addresses, what the host knows of its own addresses
# (types 2 and 3 in table 255), and other addresses. They are told by expressions that mawk compiles,
# before anything is read in them. Where a table must be chosen, all of them count.
quick && / proto 108$/ && /:\tfrom / && !index($0, only) { next }
quick && / table 108[0-8][0-9][0-9][0-9] proto 108 / && !index($0, own_mark) { next }
quick && / inet/ && !index($0, only) { other_line[++others] = $0; next }
/^[23] .* table 255 / { next }
/^[0-9]+:\t/ {
    if (/ proto 108$/) keep_own_rule($0)
    else read_rule($0)
    next
}
/^[0-9]+ / { keep_route($0); next }
/^[0-9]+: [^ ]+ +inet/ {
    if (is_wanted($0)) read_address($0)
    else other_line[++others] = $0
    next
}
/^[0-9]+: [^ ]+: </ { read_link(); next }
/^id [0-9]+ / { read_nexthop(); next }
/^unreadable$/ { unreadable = 1 }
/^(RTNETLINK answers|Error): / { if (said == "") { said = $0; sub(/^[^:]*: /, "", said) } }

END {
    if (ended) exit
    host_routes = routes
    expand_nexthops(1)
    if (many) {
        if (unreadable) for (j = 1; j <= jobs; j++) print job[j] >(work "/alone")
        else plan_many()
        exit
    }
    if (unreadable) { print "refuse 1 cannot read the network: " said; exit }
    make_plan()
    if (!refused) write_plan()
}
