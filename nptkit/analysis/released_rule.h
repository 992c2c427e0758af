/* released_rule.h - which of the released quotes may be shown where, and whose words they may be called.
 *
 * A quote goes to people who may know who was interviewed: each case's site and each value of the attribute `by`. The
 * rule is that whoever has every report of the study, and knows this rule, still finds at least min-n cases of which a
 * quote can be.
 *
 *  - A case's *label* is its value of `by`, where min-n cases have it; the others share one label that is not told. If
 *    those were fewer than min-n, "not told" would tell who they are: then the smallest told value joins them.
 *  - A report on all sites shows a quote with its label, and never its site.
 *  - The report on a site shows the same label, and only quotes whose label min-n cases of the site have. A quote that
 *    no site's report shows must not thereby be of a few: the smallest of such sites is then closed to the label, too.
 *  - What names a site, or its own case or interview, is shown nowhere; nor is anything of a study of fewer than min-n.
 *
 * Which quotes are released makes no difference to any of that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__RELEASED_RULE_H
#define NPT__RELEASED_RULE_H

#include "../model/study.h"

/* The cases of one label in one site. */
struct npt__released_cell {
    uint32_t label, site, count;
    bool open; /* the report on the site shows quotes of them */
};

struct npt__released_rule {
    const npt_study *study;
    npt__arena *arena;
    size_t min_n;
    bool too_few;   /* cases in the study: nothing is shown */
    uint32_t *cell; /* of each case, into cells; NPT__NONE: it holds no interview */
    const char *
        *label; /* told with a case's quotes, borrowed from the study; NULL: "a participant" */
    const char **site; /* of each case; NULL: none, or several */
    struct npt__released_cell *cells;
    size_t cell_count;
    bool *is_named; /* of each quote: it names a site, its case or its interview */
};

/* The rule for a study with these limits (0: the usual one). Release it. */
void npt__released_rule_open(struct npt__released_rule *rule, const npt_study *study, size_t min_n);
void npt__released_rule_release(struct npt__released_rule *rule);

/* A quote that a report shows. */
struct npt__released_choice {
    const struct npt__released_quote *quote;
    uint32_t
        construct; /* what it is listed under: its construct, or the one that its component is of */
    const char *whose; /* borrowed from the study; NULL: "a participant" */
};
struct npt__released_choices {
    NPT__ARRAY(struct npt__released_choice) list;
    size_t
        released; /* on the construct, of whatever site: where a site's report shows none, whether any is its own would
                        tell whose those are that the report on all sites shows */
};

/* Whether a report on `site` (NULL: on all sites) may show quote number `index` of the study. */
bool npt__released_may_show(const struct npt__released_rule *rule, size_t index, const char *site);
/* Fills zeroed choices with what a report shows on `construct` and what belongs to it (NPT__NONE: on every one):
   constructs in the order of the codebook; of each at most `most`, which are taken in the order of the file, but no
   second quote of a case before the other cases had one. They stand in the order of their wording: the order of the
   file would often be that of sites. Release the list. */
void npt__released_choose(const struct npt__released_rule *rule, const char *site,
                          uint32_t construct, size_t most, struct npt__released_choices *choices);
/* The words of a text as they are compared: folded, one blank around each, no other signs. */
const char *npt__released_words(npt__arena *arena, const char *text);

#define NPT__RELEASED_PARTICIPANT "a participant"

#endif
