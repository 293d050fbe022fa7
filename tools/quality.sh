#!/bin/sh
# Writes doc/quality.md: what the program reaches on corpus/ and, where
# SVERKA_EVAL names a folder with further gold sets, on those.
#   quality.sh SVERKA > doc/quality.md
set -eu
sverka=$1

cat <<'HEAD'
# Quality

Written by `make eval`. F1 of beads: *strict*, a bead counts when it stands in the gold exactly, with its empty sides; *lax*, when it shares a segment of each side with one gold bead; *filled*, strict over beads with both sides; *m:n*, over those other than 1-1; *tiles*, after predicted beads within one gold bead are merged; *null*, segments without counterpart. *calib.* is the expected calibration error of the beads' probabilities, *review* the share of beads marked for a person, *caught* the share of the wrong beads among them.

## Alignment of corpus/

Four versions at once: Russian, Chinese, two English ones, the second with a site's furniture round it. The beads of the gold are closed over all four versions.

```
HEAD
"$sverka" eval align corpus/*/gold
printf '```\n'

if [ -n "${SVERKA_EVAL:-}" ] && [ -d "$SVERKA_EVAL/align" ]; then
  cat <<'SETS'

## Alignment of other sets

`mac` is literature aligned by hand; `pud` and `ntrex` are news and encyclopaedia with noise added on purpose (merged, dropped and stray sentences, blocks of other pages at head and tail); `tri` aligns three versions at once, each made hard on its own. One set of defaults for all.

```
SETS
  "$sverka" eval align $(find "$SVERKA_EVAL/align" -mindepth 1 -maxdepth 1 -type d | sort)
  printf '```\n'
fi

cat <<'CMP'

## Discrepancies planted in corpus/

Each planted discrepancy with what was found at its place, then the false alarms (findings of severity major or critical where nothing was planted).

CMP
"$sverka" eval compare corpus/* | sed -n 's/^# \(.*\)/### \1/p; s/^found/found/p'
echo
echo 'The list by name: [internal/cli/testdata/quality/compare.txt](../internal/cli/testdata/quality/compare.txt).'
