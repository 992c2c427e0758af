/* saturation_options.c - which bases, runs and thresholds an analysis of saturation looks at, and the rest of its
 * options.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "saturation_state.h"

#include <string.h>

#define MOST_IN_RULE 1000u
#define MOST_DIGITS 9u

/* A share such as 0.05 or 5%: a whole number over a power of ten, so that it is the nearest double. */
static bool read_share(const char *text, double *share)
{
    double number = 0, unit = 1;
    size_t digits = 0;
    bool point = false;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point); text++) {
        point |= *text == '.';
        if (*text == '.')
            continue;
        number = number * 10 + (*text - '0');
        unit *= point ? 10 : 1;
        digits++;
    }
    if (*text == '%') {
        unit *= 100;
        text++;
    }
    *share = number / unit;
    return digits && digits <= MOST_DIGITS && !*text && *share <= 1;
}

static bool read_whole(const char *text, size_t *number)
{
    *number = 0;
    const size_t digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && i < MOST_DIGITS; i++)
        *number = *number * 10 + (size_t)(text[i] - '0');
    return digits && digits <= MOST_DIGITS && !text[digits] && *number && *number <= MOST_IN_RULE;
}

struct rule_lists {
    const char **base, **run, **threshold;
    size_t bases, runs, thresholds;
};

static enum npt_status wrong(npt_diags *diags, const char *option, const char *text)
{
    if (strcmp(option, "threshold") == 0)
        npt__say(diags, NPT_ERROR, NULL, "--threshold takes shares such as 5%%,0%%, not '%s'",
                 text);
    else
        npt__say(diags, NPT_ERROR, NULL,
                 "--%s takes numbers of interviews from 1 to %u such as 4,5,6, not '%s'", option,
                 MOST_IN_RULE, text);
    return NPT_USAGE;
}

/* Every base with every run and threshold. */
static enum npt_status make_rules(struct npt__saturation_analysis *saturation,
                                  const struct rule_lists *lists, npt_diags *diags)
{
    if (!lists->bases || !lists->runs || !lists->thresholds)
        return wrong(diags, !lists->bases ? "base" : !lists->runs ? "run" : "threshold", "");
    for (size_t i = 0; i < lists->bases * lists->runs * lists->thresholds; i++) {
        const char *base = lists->base[i / lists->thresholds / lists->runs];
        const char *run = lists->run[i / lists->thresholds % lists->runs];
        const char *threshold = lists->threshold[i % lists->thresholds];
        if (saturation->rule_count == NPT__MOST_RULES) {
            npt__say(diags, NPT_ERROR, NULL,
                     "--base, --run and --threshold: more than %u combinations", NPT__MOST_RULES);
            return NPT_USAGE;
        }
        struct npt__saturation_rule *rule = &saturation->rules[saturation->rule_count];
        if (!read_whole(base, &rule->base))
            return wrong(diags, "base", base);
        if (!read_whole(run, &rule->run))
            return wrong(diags, "run", run);
        if (!read_share(threshold, &rule->threshold))
            return wrong(diags, "threshold", threshold);
        saturation->thresholds[saturation->rule_count++] = threshold;
    }
    return NPT_OK;
}

static size_t read_list(npt__arena *arena, const npt_options *options, const char *name,
                        const char *fallback, const char ***items)
{
    const char *given = npt__option(options, name);
    return npt__option_list(arena, given ? given : fallback, items);
}

enum npt_status npt__saturation_options(struct npt__saturation_analysis *saturation,
                                        const npt_options *options, npt_diags *diags)
{
    npt__arena *arena = saturation->scope.arena;
    struct rule_lists lists;
    lists.bases = read_list(arena, options, "base", "4,5,6", &lists.base);
    lists.runs = read_list(arena, options, "run", "2,3", &lists.run);
    lists.thresholds = read_list(arena, options, "threshold", "5%,0%", &lists.threshold);
    enum npt_status status = make_rules(saturation, &lists, diags);
    saturation->seed = 1;
    if (status == NPT_OK)
        status =
            npt__option_number(options, "orders", 1, NPT__MOST_ORDERS, &saturation->orders, diags);
    if (status == NPT_OK)
        status = npt__option_number(options, "seed", 0, 999999999, &saturation->seed, diags);
    if (status == NPT_OK)
        status = npt__units_open(&saturation->units, arena, saturation->study, options,
                                 NPT__BY_CODE, diags);
    if (status == NPT_OK)
        status = npt__interview_order_open(&saturation->order, &saturation->scope, options, diags);
    return status;
}
