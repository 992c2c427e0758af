/* manifest.h - study.xml as its author wrote it, before anything it names is opened.
 *
 *     <study xmlns="urn:nptkit:study:1" title="..." intervention="...">
 *       <site id="s1" name="Site 1" match="S1_*">what kind of place it is</site>
 *       <coding file="interviews.qdpx" codebook="npt" site="s1" offsets="utf16">
 *         <attribute name="Site" as="site"/>
 *         <map code="Making sense of it" to="Coherence"/>
 *         <valence barrier="Barriers" facilitator="Enablers"/>
 *         <cases file="classification.csv" key="Name"/>
 *       </coding>
 *       <survey file="wave1.csv" instrument="nomad" wave="1" agree="5">
 *         <column name="Organisation" as="site"/>
 *         <column name="Q4" item="nomad.4"/>
 *         <column name="Role" as="role"> <value from="Nurse " to="Nurse"/> </column>
 *         <answer value="AO01" means="Strongly agree"/>
 *         <not-relevant value="6" kind="role"/>
 *         <missing value="-9"/>
 *         <absent item="nomad.23"/>
 *       </survey>
 *       <invited site="s1" wave="1" n="40"/>
 *       <ratings file="double-coded.csv" level="ordinal" units="Segment"/>
 *       <ranking file="site-ranking.csv" judge="Judge" group="Panel"/>
 *       <quotes file="released.csv" by="level"/>
 *     </study>
 *
 * The reader checks what can be checked in the file alone: known elements and attributes ("did you
 * mean"), required ones, ids that are unique and refer to something, one valence for a coding. It
 * reports every fault it finds with line, column and the line itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef NPT__MANIFEST_H
#define NPT__MANIFEST_H

#include <nptkit/table.h>

#include "../base/arena.h"
#include "../base/diags.h"
#include "../base/unicode.h"
#include "../model/ratings.h"
#include "../base/form.h"

#define NPT__STUDY_NAMESPACE "urn:nptkit:study:1"

struct npt__manifest_site {
    struct npt__setting id, name, match; /* id is required; name defaults to the id */
    const char *description;             /* trimmed, runs of blanks as one; "" when there is none */
};

struct npt__manifest_attribute {
    struct npt__setting name, as; /* as: a key such as site, role: letters, digits, _ */
};

struct npt__manifest_map {
    struct npt__setting code, to;
};

struct npt__manifest_cases {
    struct npt__setting file, key; /* key: the column that names the case; default: the first */
};

struct npt__manifest_coding {
    struct npt__setting file, codebook, site, offsets;
    uint32_t site_index; /* into sites; NPT__NONE */
    NPT__ARRAY(struct npt__manifest_attribute) attributes;
    NPT__ARRAY(struct npt__manifest_map) maps;
    NPT__ARRAY(struct npt__manifest_cases) cases;
    struct npt__setting barrier, facilitator;
};

struct npt__manifest_value {
    struct npt__setting from, to;
};

/* A column is named, or told by its number from 1 where its name is empty or not the only one. */
struct npt__manifest_column {
    struct npt__setting name, number, item, as;
    size_t index;          /* the number less 1; SIZE_MAX */
    bool already_reversed; /* the file holds the answers to a reversed item turned round */
    NPT__ARRAY(struct npt__manifest_value) values;
};

/* A value that stands for no answer. */
struct npt__manifest_not_relevant {
    struct npt__setting value, kind;
};

struct npt__manifest_survey {
    struct npt__setting file, instrument, wave, agree, site, sheet;
    size_t header_rows; /* 0: found out */
    int agreement;      /* the number that means the strongest agreement; -1: not declared */
    uint32_t site_index;
    NPT__ARRAY(struct npt__manifest_column) columns;
    NPT__ARRAY(struct npt__manifest_value) answers; /* what a value of the file means */
    NPT__ARRAY(struct npt__manifest_not_relevant) not_relevant;
    NPT__ARRAY(struct npt__setting) missing;
    NPT__ARRAY(struct npt__setting) absent; /* items that the file does not have */
};

struct npt__manifest_invited {
    struct npt__setting site, wave;
    uint32_t site_index, count;
};

/* <ratings> (level, units) or <ranking> (judge, group). A column that is called "none" by the setting that names
   it: there is none such. */
struct npt__manifest_table {
    struct npt__setting file, name, level, units, judge, group, missing, ignore, sheet;
    enum npt__measurement measured; /* as `level` says */
};

struct npt__manifest {
    npt__arena *arena; /* owns all strings */
    npt__buffer text;  /* the file itself: excerpts point into it */
    const char *path;
    const char *title, *intervention; /* "" when not given */
    NPT__ARRAY(struct npt__manifest_site) sites;
    NPT__ARRAY(struct npt__manifest_coding) codings;
    NPT__ARRAY(struct npt__manifest_survey) surveys;
    NPT__ARRAY(struct npt__manifest_invited) invited;
    NPT__ARRAY(struct npt__manifest_table) ratings, rankings;
    struct npt_protection disclosure;   /* 0: the usual limits */
    struct npt__place disclosure_place; /* line 0: none */
    struct npt__setting quotes,
        quotes_by;                  /* <quotes>: its file, and what may be told of who said them */
    struct npt__place quotes_place; /* line 0: none */
};

/* Reads `path` into a zeroed manifest; release it whatever the status. */
enum npt_status npt__manifest_read(struct npt__manifest *manifest, const char *path,
                                   npt_diags *diags);
void npt__manifest_release(struct npt__manifest *manifest);
/* Forgets the parts of the study that are not asked for. */
void npt__manifest_forget_codings(struct npt__manifest *manifest);
void npt__manifest_forget_surveys(struct npt__manifest *manifest);

#endif
