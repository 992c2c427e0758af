#!/bin/sh
# run.sh - speed as ratios: nptkit against floors and peers on the same inputs in the same run.
#     sh tests/bench/run.sh build/nptkit [REPEATS]        ONLY=survey, interviews, comparison, protection or reports
# The generators of large inputs stand in ../shared/bench; without them there is nothing to measure.
# Each round runs all contestants in turn, so that a busy machine is busy for all; the ratio is the median
# of the rounds' ratios, the times are medians. Small inputs get more rounds.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

program=$1
here=$(dirname "$0")
repeats=${2:-}
shared=${NPTKIT_SHARED:-../shared}/bench
work=${TMPDIR:-/tmp}/nptkit-bench
sizes=${SIZES:-"600 6000"}

if [ ! -r "$shared/gen/gen_qdpx.py" ]; then
    echo "bench: the generators are not here ($shared); nothing measured"
    exit 0
fi
mkdir -p "$work"
# shellcheck source=tests/bench/measure.sh disable=SC1091
. "$here/measure.sh"

make_input() { # INTERVIEWS
    [ -s "$work/$1.qdpx" ] && return
    echo "bench: making $1 interviews (once)"
    python3 "$shared/gen/gen_qdpx.py" "$1" "$work/part.qdpx" "$work/part.qde" >/dev/null
    rm -f "$work/part.qde"
    mv "$work/part.qdpx" "$work/$1.qdpx"
}

# ---- the survey half ---------------------------------------------------------------------------

# A study around responses by gen_survey.py: its items are called as their columns are.
make_survey() { # NAME ROWS SITES
    [ -s "$work/$1/responses.csv" ] && return
    echo "bench: making $2 responses (once)"
    mkdir -p "$work/$1"
    /usr/bin/python3 "$shared/gen/gen_survey.py" "$2" "$3" "$work/$1/part.csv" >/dev/null
    mv "$work/$1/part.csv" "$work/$1/responses.csv"
}

write_study() { # NAME
    cp "$here/../data/survey_ref.xml" "$work/$1/"
    {
        echo '<study xmlns="urn:nptkit:study:1">'
        echo '<survey file="responses.csv" instrument="survey_ref.xml" agree="5">'
        echo '<column name="respondent_id" as="id"/>'
        for key in site role wave; do echo "<column name=\"$key\" as=\"$key\"/>"; done
        for item in G1 G2 G3 C1 C2 C3 C4 CP1 CP2 CP3 CP4 CA1 CA2 CA3r CA4 CA5 CA6 CA7 RM1 RM2 RM3 RM4 RM5; do
            echo "<column name=\"$item\" item=\"$item\"/>"
        done
        echo '</survey></study>'
    } >"$work/$1/study.xml"
}

has_r() { # PACKAGE
    command -v Rscript >/dev/null && Rscript -e "stopifnot(requireNamespace('$1', quietly = TRUE))" 2>/dev/null
}

bench_survey() {
    make_survey survey1m 1000000 400
    make_survey survey10k 10000 40
    write_study survey1m
    write_study survey10k
    rm -f "$work"/*.times
    table=no boot=no
    has_r data.table && table=yes
    has_r boot && boot=yes
    rounds=${repeats:-7}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure score "exec $program score $work/survey1m --by site -q"
        measure mawk "exec mawk -F, '{n+=NF} END {print n}' $work/survey1m/responses.csv"
        [ "$table" = no ] || measure table "exec Rscript $shared/peers/w1_dt.R $work/survey1m/responses.csv"
        round=$((round + 1))
    done
    round=0
    while [ "$boot" = yes ] && [ "$round" -lt 3 ]; do
        measure alpha "exec $program reliability $work/survey10k --interval bootstrap --replicates 2000 -q"
        measure boot "exec Rscript $shared/peers/w3_boot.R $work/survey10k/responses.csv"
        round=$((round + 1))
    done
    echo "1,000,000 responses, median of $rounds rounds       nptkit     other      ratio"
    report "score --by site / mawk sum of NF" score mawk 0.50
    if [ "$table" = yes ]; then
        report "score --by site / data.table fread and means" score table 0.33
    else
        echo "  (R with data.table is not here: no comparison with it)"
    fi
    if [ "$boot" = yes ]; then
        echo "10,000 responses"
        report "alpha, 2,000 replicates / boot::boot" alpha boot 0.02
    else
        echo "  (R with boot is not here: no comparison with it)"
    fi
    awk -v peak="$(middle score 2)" 'BEGIN {
        printf "  peak memory of score: %d MB (wanted: below 120) %s\n", peak / 1024, peak < 120 * 1024 ? "yes" : "NO" }'
    for threads in 1 2 5; do
        "$program" score "$work/survey1m" --by site -q --threads "$threads" >"$work/$threads.txt"
    done
    if cmp -s "$work/1.txt" "$work/2.txt" && cmp -s "$work/1.txt" "$work/5.txt"; then
        echo "  one, two and five threads: the same digits"
    else
        echo "  one, two and five threads: DIFFERENT digits"
        exit 1
    fi
}

# ---- comparisons: resampling and agreement -----------------------------------------------------

# One construct, nurses against all others: what the script for scipy compares.
write_coherence() { # NAME FROM
    mkdir -p "$work/$1"
    sed 's/ total="[^"]*"//' "$here/../data/survey_ref.xml" >"$work/$1/survey_ref.xml"
    {
        echo '<study xmlns="urn:nptkit:study:1">'
        echo "<survey file=\"../$2/responses.csv\" instrument=\"survey_ref.xml\" agree=\"5\">"
        echo '<column name="role" as="role">'
        for role in Administrator 'Allied health' Doctor Manager Pharmacist; do
            echo "<value from=\"$role\" to=\"Other\"/>"
        done
        echo '</column>'
        for item in C1 C2 C3 C4; do echo "<column name=\"$item\" item=\"$item\"/>"; done
        for item in G1 G2 G3 CP1 CP2 CP3 CP4 CA1 CA2 CA3r CA4 CA5 CA6 CA7 RM1 RM2 RM3 RM4 RM5; do
            echo "<absent item=\"$item\"/>"
        done
        echo '</survey></study>'
    } >"$work/$1/study.xml"
}

# R's irr, which is in no Debian package, takes 10.5 times as long for alpha as the Python script measured here
# (5.87 s against 0.56 s, both measured on one machine for ../shared/bench/README.md): at least 20 times faster
# than irr is at most 0.52 of the script.
bench_comparison() {
    make_survey survey10k 10000 40
    write_study survey10k
    write_coherence coherence10k survey10k
    make_input 600
    [ -s "$work/ratings.csv" ] || /usr/bin/python3 "$shared/gen/gen_ratings.py" 100000 5 "$work/ratings.csv"
    rm -f "$work"/*.times
    rounds=${repeats:-5}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure permutation "exec $program compare $work/coherence10k --by role --test permutation --replicates 10000 -q"
        measure scipy "exec /usr/bin/python3 $shared/peers/w5_scipy.py $work/survey10k/responses.csv"
        measure alpha "exec $program agree $work/ratings.csv --level ordinal --units none --replicates 100 -q"
        measure script "exec /usr/bin/python3 $shared/peers/w9_numpy.py $work/ratings.csv"
        measure kappa "exec $program agree $work/600.qdpx --level code --replicates 100 -q"
        measure numpy "exec /usr/bin/python3 $shared/peers/w10_kappa.py $work/600.qdpx"
        round=$((round + 1))
    done
    echo "comparisons, median of $rounds rounds               nptkit     other      ratio"
    report "10,000 permutations of 10,000 / scipy" permutation scipy 0.05
    report "Krippendorff's alpha, 100,000 x 5 / script" alpha script 0.52
    report "kappa of 60 codes, 600 interviews / numpy" kappa numpy 0.10
    for threads in 1 2; do
        "$program" compare "$work/survey10k" --by role --test permutation --replicates 2000 -q --threads "$threads" >"$work/$threads.txt"
        "$program" agree "$work/ratings.csv" --level ordinal --units none -q --threads "$threads" >>"$work/$threads.txt"
        "$program" agree "$work/600.qdpx" --level code --replicates 100 -q --threads "$threads" >>"$work/$threads.txt"
    done
    if cmp -s "$work/1.txt" "$work/2.txt"; then
        echo "  one and two threads: the same digits"
    else
        echo "  one and two threads: DIFFERENT digits"
        exit 1
    fi
}

if [ "${ONLY:-comparison}" = comparison ]; then
    if /usr/bin/python3 -c "import numpy, pandas, scipy, lxml" 2>/dev/null; then
        bench_comparison
    else
        echo "bench: Python's numpy, pandas, scipy or lxml are not here; comparisons are not measured"
    fi
fi

if [ "${ONLY:-survey}" = survey ]; then
    if command -v mawk >/dev/null && /usr/bin/python3 -c "import numpy, pandas" 2>/dev/null; then
        bench_survey
    else
        echo "bench: mawk, or Python's numpy and pandas, are not here; surveys are not measured"
    fi
fi
# ---- protection --------------------------------------------------------------------------------

# 300 sites x 5 waves, 40 responses each: the generator knows three waves, so two more are made of the first two.
bench_protection() {
    make_survey survey60k 60000 300
    write_study survey60k
    if [ ! -s "$work/survey60k/five" ]; then
        awk -F, -v OFS=, 'NR > 1 && NR % 5 > 2 && $4 < 3 {$4 += 3} {print}' "$work/survey60k/responses.csv" >"$work/survey60k/five"
        cp "$work/survey60k/five" "$work/survey60k/responses.csv"
    fi
    rm -f "$work"/*.times
    rounds=${repeats:-3}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure protected "exec $program score $work/survey60k --by site,wave --protect -q"
        measure plain "exec $program score $work/survey60k --by site,wave -q"
        round=$((round + 1))
    done
    echo "300 sites x 5 waves, median of $rounds rounds     protected     plain      ratio"
    report "score --by site,wave --protect / without" protected plain -
}

if [ "${ONLY:-protection}" = protection ]; then
    if /usr/bin/python3 -c "import numpy, pandas" 2>/dev/null; then
        bench_protection
    else
        echo "bench: Python's numpy or pandas are not here; protection is not measured"
    fi
fi

# ---- reports -----------------------------------------------------------------------------------

# What gnuplot is asked for by 300 reports that are made each by itself, so that no picture has anything of another: those
# of 30 sites, ten times, half of them in $work/1.script and half in 2.script.
record_pictures() { # STUDY
    rm -rf "${work:?}/bin"
    mkdir -p "$work/bin"
    cp "$here/record_gnuplot.sh" "$work/bin/gnuplot"
    chmod +x "$work/bin/gnuplot"
    for half in 1 2; do
        : >"$work/bin/script"
        for site in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
            PATH="$work/bin:$PATH" "$program" report site "$work/$1" \
                --site "S$(printf '%03d' $((site * 20 + half * 10)))" -o "$work/one.html" -q
        done
        seq 10 | while read -r _; do cat "$work/bin/script"; done >"$work/$half.script"
    done
}

# 300 sites of 80 responses in three waves, a report on each with six pictures.
bench_reports() {
    make_survey survey24k 24000 300
    write_study survey24k
    make_survey survey8k 8000 100
    write_study survey8k
    rm -rf "$work"/*.times "$work/out" "$work/out-fewer"
    record_pictures survey24k
    rounds=${repeats:-5}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure reports "exec $program batch $work/survey24k -o $work/out --recipe site --jobs 2 -q"
        measure gnuplot "gnuplot -d $work/1.script 3>/dev/null >/dev/null 2>&1 & gnuplot -d $work/2.script 3>/dev/null >/dev/null 2>&1; wait"
        measure one "exec $program report site $work/survey24k --site S001 -o $work/one.html -q"
        measure resume "exec $program batch $work/survey24k -o $work/out --recipe site --jobs 2 -q --resume"
        measure fewer "exec $program batch $work/survey8k -o $work/out-fewer --recipe site --jobs 2 -q"
        round=$((round + 1))
    done
    echo "300 reports of six pictures, median of $rounds rounds  nptkit     other      ratio"
    report "batch / gnuplot alone on the same pictures" reports gnuplot 1.3
    report "  of that, before the second report" one gnuplot -
    report "batch --resume with nothing to do" resume gnuplot -
    awk -v many="$(middle reports 2)" -v one="$(middle one 2)" -v few="$(middle fewer 2)" 'BEGIN {
        printf "  peak memory: 300 reports %d MB, one of the same study %d MB; 100 sites, 8,000 responses %d MB\n",
            many / 1024, one / 1024, few / 1024 }'
}

if [ "${ONLY:-reports}" = reports ]; then
    if /usr/bin/python3 -c "import numpy, pandas" 2>/dev/null; then
        bench_reports
    else
        echo "bench: Python's numpy or pandas are not here; reports are not measured"
    fi
fi

[ "${ONLY:-interviews}" = interviews ] || exit 0

# ---- the interviews ----------------------------------------------------------------------------

for size in $sizes; do
    make_input "$size"
    input=$work/$size.qdpx
    rm -f "$work"/*.times
    peers=no
    /usr/bin/python3 -c "import lxml" 2>/dev/null && [ "$size" -le 600 ] && peers=yes
    rounds=${repeats:-$([ "$size" -le 600 ] && echo 15 || echo 5)}
    round=0
    while [ "$round" -lt "$rounds" ]; do
        measure tally "exec $program tally $input --by site --measures cases,segments -q"
        measure xmllint "unzip -p $input project.qde | xmllint --stream --noout -"
        measure texts "exec $program tally $input --by site -q"
        measure unzip "unzip -p $input | wc -c"
        if [ "$peers" = yes ]; then
            measure lxml "exec /usr/bin/python3 $shared/peers/w10_lxml.py $input"
            measure iterparse "exec /usr/bin/python3 $shared/peers/w10_iterparse.py $input"
            measure quotes "exec $program quotes $input --construct Coherence --format csv -q"
            measure lxml_quotes "exec /usr/bin/python3 $shared/peers/w10_quotes.py $input"
        fi
        round=$((round + 1))
    done
    echo "$size interviews, median of $rounds rounds       nptkit     other      ratio"
    report "cases, segments / unzip | xmllint --stream" tally xmllint 0.60
    report "characters, coverage / unzip -p | wc -c" texts unzip 0.60
    if [ "$peers" = yes ]; then
        report "cases, segments / lxml" tally lxml -
        report "cases, segments / iterparse" tally iterparse -
        report "quotes of one construct / lxml" quotes lxml_quotes -
    fi
    "$program" tally "$input" --by site -q --threads 1 >"$work/one.txt"
    "$program" tally "$input" --by site -q --threads 2 >"$work/two.txt"
    if cmp -s "$work/one.txt" "$work/two.txt"; then
        echo "  one thread and two threads: the same digits"
    else
        echo "  one thread and two threads: DIFFERENT digits"
        exit 1
    fi
done
