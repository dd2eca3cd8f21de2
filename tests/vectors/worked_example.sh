#!/bin/sh
# The worked example of SSJ-DRAW/1 (core/SPEC.md §13) without ssj-core: printf, cut, sort, grep, sha256sum, xxd.
# Prints one `name value` per line; tests compare them with draw.json. Exit code 77: a tool is missing.
set -eu
LC_ALL=C
export LC_ALL
for tool in cut grep sed sort sha256sum xxd; do
  command -v "$tool" >/dev/null 2>&1 || { echo "skipped: $tool is not installed" >&2; exit 77; }
done

TAB=$(printf '\t')
draw_id='example-1'
previous_head='0000000000000000000000000000000000000000000000000000000000000000'
subjects="test:A01${TAB}B
test:A02${TAB}B
test:A03${TAB}D
test:A04${TAB}B
test:A05${TAB}D
test:A06${TAB}B
test:A07${TAB}D
test:甲厂${TAB}B"
officers="officer:T-1${TAB}一股${TAB}3${TAB}0
officer:T-2${TAB}一股${TAB}3${TAB}0
officer:T-3${TAB}二股${TAB}3${TAB}1"

H() { sha256sum | cut -c 1-64; }
leaf() { { printf '\000'; printf '%s' "$1"; } | H; }
node() { { printf '\001'; printf '%s%s' "$1" "$2" | xxd -r -p; } | H; }

# RFC 9162 root, level by level: neighbours are joined, one left over moves up as it is.
root() {
  level=$(printf '%s\n' "$1" | sort | while IFS= read -r line; do leaf "$line"; done)
  while [ "$(printf '%s\n' "$level" | grep -c .)" -gt 1 ]; do
    level=$(printf '%s\n' "$level" | while IFS= read -r left; do
      if IFS= read -r right; then node "$left" "$right"; else printf '%s\n' "$left"; fi
    done)
  done
  printf '%s\n' "$level"
}

# §5: roots, digests, commitment
subjects_root=$(root "$subjects")
officers_root=$(root "$officers")
plan_digest=$(printf 'title = "双随机 worked example"\n' | H)
rules_digest=$(printf 'B = "2/5"\nD = "1/3"\nrounding = "up"\nreserve = 2\n' | H)
commitment=$(printf '%s\n' ssj.commit.1 "$draw_id" "$subjects_root" 8 "$officers_root" 3 \
  "$plan_digest" "$rules_digest" "$previous_head" | H)
printf '%s %s\n' subjects_root "$subjects_root" officers_root "$officers_root" \
  plan_digest "$plan_digest" rules_digest "$rules_digest" commitment "$commitment"

# §6: seed and key
seed=$(printf '%s\n' ssj.seed.1 "$commitment" 'text:31415 92653 58979 32384' | H)
key=$(printf '%s\n' ssj.key.1 "$seed" "$draw_id" subject all | H | cut -c 1-32)
printf '%s %s\n' seed "$seed" key "$key"

# §7: tickets
tickets=$(printf '%s\n' "$subjects" | while IFS="$TAB" read -r id stratum; do
  printf '%s %s %s\n' "$stratum" "$(printf '%s%s' "$key" "$id" | H)" "$id"
done)
printf '%s\n' "$tickets" | while read -r stratum ticket id; do printf 'ticket:%s %s\n' "$id" "$ticket"; done

# §4 and §7: quota by the ratio a/b rounded up; the smallest tickets are drawn, the next two are the reserve
draw() {
  members=$(printf '%s\n' "$tickets" | grep "^$1 " | sort)
  size=$(printf '%s\n' "$members" | grep -c .)
  quota=$(((size * $2 + $3 - 1) / $3))
  printf 'size:%s %s\nquota:%s %s\n' "$1" "$size" "$1" "$quota"
  rank=0
  printf '%s\n' "$members" | while read -r stratum ticket id; do
    rank=$((rank + 1))
    if [ "$rank" -le "$quota" ]; then printf 'drawn:%s:%s %s\n' "$stratum" "$rank" "$id"
    elif [ "$rank" -le $((quota + 2)) ]; then printf 'reserve:%s:%s %s\n' "$stratum" $((rank - quota)) "$id"
    fi
  done
  printf 'cut:%s %s\n' "$1" "$(printf '%s\n' "$members" | sed -n "${quota}p" | cut -d ' ' -f 2)"
}
draw B 2 5
draw D 1 3
