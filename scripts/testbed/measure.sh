# shellcheck shell=bash
# Sourced by bench: takes samples, compares their medians, and writes them as a table, as JSON and
# as a plot. A sample has a key, by which it is found again, and a value in the row's unit.
#
# The caller sets $samples, a file for the samples, and $json, one for the rows.

# sample KEY VALUE: keeps one measured value.
sample() { printf '%s\t%s\n' "$1" "$2" >>"$samples"; }

# timed KEY COMMAND...: runs it and keeps the milliseconds that it took; its output is of no interest.
timed() {
	local key=$1 began ended took
	shift
	began=$EPOCHREALTIME
	"$@" >/dev/null 2>"$samples.errors" || die "measuring $key: $* failed: $(head -n 1 "$samples.errors")"
	ended=$EPOCHREALTIME
	took=$((${ended/./} - ${began/./}))
	sample "$key" "$((took / 1000)).$(printf %03d $((took % 1000)))"
}

# peak KEY COMMAND...: runs it and keeps the most memory, in MiB, that it had at once.
peak() {
	local key=$1
	shift
	/usr/bin/time -f %M -o "$samples.peak" "$@" >/dev/null 2>&1 || die "measuring $key: $* failed"
	sample "$key" "$(awk 'END { printf "%.1f", $1 / 1024 }' "$samples.peak")"
}

# figures KEY: number, median and worst of its samples.
figures() {
	awk -F '\t' -v key="$1" '$1 == key { print $2 }' "$samples" | sort -n |
		awk '{ value[NR] = $1 }
			END {
				if (NR == 0) exit 1
				printf "%d %.1f %.1f\n", NR, NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2, value[NR]
			}'
}

# heading TEXT: what the rows below it are about.
heading() {
	printf '\n%s\n' "$1"
	printf '  %-33s %4s %9s %9s    %-25s %9s %7s\n' '' runs median worst 'beside' median ratio
	section=$1
}

# row TEXT UNIT KEY [TEXT KEY]: one line of the table, beside what it is compared with.
row() {
	local text=$1 unit=$2 runs median worst beside=${4-} other='' ratio=''
	read -r runs median worst < <(figures "$3") || die "there are no samples of $3"
	if [ -n "$beside" ]; then
		read -r _ other _ < <(figures "$5") || die "there are no samples of $5"
		ratio=$(awk -v a="$median" -v b="$other" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print 0 }')
	fi
	printf '  %-33s %4s %6s %-3s%6s %-3s   %-25s %6s %s %7s\n' "$text" "$runs" "$median" "$unit" \
		"$worst" "$unit" "$beside" "$other" "${beside:+$unit}" "$ratio"
	printf '%s{"section":"%s","row":"%s","unit":"%s","runs":%s,"median":%s,"worst":%s,"beside":"%s","besideMedian":%s,"ratio":%s,"samples":[%s]}' \
		"$separator" "$section" "$text" "$unit" "$runs" "$median" "$worst" "$beside" "${other:-null}" \
		"${ratio:-null}" "$(awk -F '\t' -v key="$3" '$1 == key { printf "%s%s", n++ ? "," : "", $2 }' "$samples")" >>"$json"
	separator=$',\n'
}
separator=''

# report_json FILE NAME VALUE...: the facts about the run, and every row that was printed.
report_json() {
	local file=$1
	shift
	{
		printf '{"format":1'
		while [ $# -ge 2 ]; do
			printf ',"%s":"%s"' "$1" "$2"
			shift 2
		done
		printf ',"rows":[\n'
		cat "$json"
		printf '\n]}\n'
	} >"$file"
}

# plot FILE TITLE KEY TEXT...: an SVG with one line of dots a key, a dot a sample, on a logarithmic
# scale, and a stroke at the median.
plot() {
	local file=$1 title=$2
	shift 2
	printf '%s\n' "$@" | awk -F '\t' -v title="$title" '
		function x(value) {
			value = value < low ? low : value
			return left + (log(value) - log(low)) / (log(high) - log(low)) * (width - left - 70)
		}
		function text(at, y, anchor, words) {
			printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", at, y, anchor, words
		}
		FILENAME == "-" { if (FNR % 2) key[++keys] = $0; else name[keys] = $0; next }
		{ for (k = 1; k <= keys; k++) if ($1 == key[k]) { value[k, ++count[k]] = $2 + 0; if ($2 > most) most = $2 + 0 } }
		END {
			low = 1; high = 10
			while (high < most) high *= 10
			width = 760; left = 190; top = 46; step = 54
			height = top + keys * step + 34
			printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", width, height, width, height
			printf "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n<g fill=\"#24292f\">\n"
			text(14, 24, "start", title)
			for (v = low; v <= high; v *= 10)
				for (m = 1; m <= (v < high ? 5 : 1); m += m == 1 ? 1 : 3) {
					printf "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>\n", x(v * m), x(v * m), top - 8, top + keys * step, m == 1 ? "#afb8c1" : "#e4e8ec"
					text(x(v * m), top + keys * step + 20, "middle", v * m " ms")
				}
			for (k = 1; k <= keys; k++) {
				y = top + (k - 0.5) * step
				text(left - 14, y + 4, "end", name[k])
				for (i = 1; i <= count[k]; i++)
					printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0969da\" fill-opacity=\"0.45\"/>\n", x(value[k, i]), y + (i * 7 % 5 - 2) * 4
				for (i = 1; i <= count[k]; i++) sorted[i] = value[k, i]
				for (i = 2; i <= count[k]; i++) { v = sorted[i]; for (j = i - 1; j > 0 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]; sorted[j + 1] = v }
				n = count[k]
				if (!n) continue
				v = n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
				printf "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#cf222e\" stroke-width=\"2.5\"/>\n", x(v), x(v), y - 16, y + 16
				text(x(sorted[n]) + 10, y + 4, "start", sprintf("%.1f ms", v))
			}
			print "</g>\n</svg>"
		}' - "$samples" >"$file"
}
