#!/bin/sh
# The main job on corpus/: align, remember, ask, compare.   demo.sh SVERKA OUT
set -eu
sverka=$1 out=$2
dir=corpus/interview
export SVERKA_TM="$out/memory.db"
rm -f "$SVERKA_TM" "$SVERKA_TM-wal" "$SVERKA_TM-shm"

say() { printf '\n\033[1m$ sverka %s\033[0m\n' "$*" | if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi; }
run() { say "$@"; "$sverka" "$@"; }

echo "1. Align the interview in three languages."
run align "ru=$dir/ru.txt" "zh=$dir/zh.txt" "en=$dir/en@official.txt" -o "$out/interview.html"
run align "ru=$dir/ru.txt" "zh=$dir/zh.txt" "en=$dir/en@official.txt" -o "$out/interview.tmx"
"$sverka" align "ru=$dir/ru.txt" "zh=$dir/zh.txt" "en=$dir/en@official.txt" | sed -n '13,28p'

echo; echo "2. Remember it, with a second English version and where each came from."
run add --statement interview --date 2025-08-29 --speaker "Vladimir Putin" \
  --translator "en@official:official translation" --machine en@weblog \
  "ru=$dir/ru.txt" "zh=$dir/zh.txt" "en@official=$dir/en@official.txt" "en@weblog=$dir/en@weblog.html"
for s in declaration briefing telegram; do
  "$sverka" add --statement $s --machine en@weblog "ru=corpus/$s/ru.txt" "zh=corpus/$s/zh.txt" \
    "en@official=corpus/$s/en@official.txt" "en@weblog=corpus/$s/en@weblog.html"
done
run tm stats

echo; echo "3. How was it rendered before? A term in each language."
run search --limit 2 партнёрство
run search --limit 2 合作
run search --limit 2 '"comprehensive partnership"'
run renderings --to en "стратегическое взаимодействие"
run lookup --max 2 --min 60 "The questions concerned bilateral relations, trade, culture and work in international organisations."

echo; echo "4. Compare the two English versions, the Russian as witness."
run compare "en@official=$dir/en@official.txt" "en@weblog=$dir/en@weblog.html" \
  --source "ru=$dir/ru.txt" -o "$out/report.html"
"$sverka" compare "en@official=$dir/en@official.txt" "en@weblog=$dir/en@weblog.html" \
  --source "ru=$dir/ru.txt" --severity critical | sed -n '1,16p'

echo; echo "Open $out/report.html (the comparison) and $out/interview.html (the versions side by side)."
