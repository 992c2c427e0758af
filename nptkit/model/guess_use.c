/* guess_use.c - what a column is that holds no item.
 *
 * The names are those that survey platforms write (LimeSurvey, REDCap, Qualtrics, Jisc Online Surveys,
 * Microsoft Forms, SurveyMonkey) and that people give; questions are seen by their first words, which say
 * little ("what is your"), and the word that follows.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "guess_use.h"

#include <string.h>

#define LONGEST_NAME 64   /* bytes, without blanks */
#define MOST_WORDS 16     /* of a question that asks for a site or a role */
#define LONGEST_KEYWORD 3 /* words: "nhs trust name" */

enum meaning {
    PERSON_ID,
    RESPONSE_ID,
    WEAK_ID,
    SITE,
    WEAK_SITE,
    ROLE,
    WAVE,
    WEAK_WAVE,
    PERSONAL,
    PLATFORM
};

/* Names without blanks and marks, in lower case, with s for z. */
static const struct keyword {
    const char *name;
    enum meaning meaning;
} keywords[] = {
    {"respondent", PERSON_ID},
    {"respondentid", PERSON_ID},
    {"respondentnumber", PERSON_ID},
    {"respondentno", PERSON_ID},
    {"respondentcode", PERSON_ID},
    {"participant", PERSON_ID},
    {"participantid", PERSON_ID},
    {"participantnumber", PERSON_ID},
    {"participantno", PERSON_ID},
    {"participantcode", PERSON_ID},
    {"recordid", PERSON_ID},
    {"studyid", PERSON_ID},
    {"subjectid", PERSON_ID},
    {"personid", PERSON_ID},
    {"pid", PERSON_ID},
    {"uniqueid", PERSON_ID},
    {"id", RESPONSE_ID},
    {"responseid", RESPONSE_ID},
    {"responsenumber", RESPONSE_ID},
    {"responsereference", RESPONSE_ID},
    {"uniqueresponsenumber", RESPONSE_ID},
    {"urn", RESPONSE_ID},
    {"caseid", RESPONSE_ID},
    {"token", WEAK_ID},
    {"case", WEAK_ID},

    {"site", SITE},
    {"sitename", SITE},
    {"siteid", SITE},
    {"sitecode", SITE},
    {"studysite", SITE},
    {"organisation", SITE},
    {"organisationname", SITE},
    {"trust", SITE},
    {"nhstrust", SITE},
    {"hospital", SITE},
    {"hospitalname", SITE},
    {"locality", SITE},
    {"localauthority", SITE},
    {"council", SITE},
    {"practice", SITE},
    {"practicename", SITE},
    {"gppractice", SITE},
    {"clinic", SITE},
    {"centre", SITE},
    {"center", SITE},
    {"school", SITE},
    {"redcapdataaccessgroup", SITE},
    {"dataaccessgroup", SITE},
    {"service", WEAK_SITE},
    {"servicename", WEAK_SITE},
    {"team", WEAK_SITE},
    {"teamname", WEAK_SITE},
    {"department", WEAK_SITE},
    {"ward", WEAK_SITE},
    {"unit", WEAK_SITE},
    {"region", WEAK_SITE},
    {"area", WEAK_SITE},
    {"location", WEAK_SITE},
    {"workplace", WEAK_SITE},

    {"role", ROLE},
    {"jobrole", ROLE},
    {"jobtitle", ROLE},
    {"job", ROLE},
    {"jobcategory", ROLE},
    {"profession", ROLE},
    {"professionalrole", ROLE},
    {"professionalgroup", ROLE},
    {"occupation", ROLE},
    {"staffgroup", ROLE},
    {"stafftype", ROLE},
    {"position", ROLE},

    {"wave", WAVE},
    {"surveywave", WAVE},
    {"timepoint", WAVE},
    {"round", WAVE},
    {"surveyround", WAVE},
    {"redcapeventname", WAVE},
    {"eventname", WAVE},
    {"redcaprepeatinstance", WEAK_WAVE},
    {"phase", WEAK_WAVE},
    {"visit", WEAK_WAVE},

    {"name", PERSONAL},
    {"fullname", PERSONAL},
    {"firstname", PERSONAL},
    {"lastname", PERSONAL},
    {"middlename", PERSONAL},
    {"givenname", PERSONAL},
    {"familyname", PERSONAL},
    {"forename", PERSONAL},
    {"surname", PERSONAL},
    {"displayname", PERSONAL},
    {"username", PERSONAL},
    {"recipientfirstname", PERSONAL},
    {"recipientlastname", PERSONAL},
    {"recipientemail", PERSONAL},
    {"respondentname", PERSONAL},
    {"participantname", PERSONAL},
    {"externalreference", PERSONAL},
    {"externaldatareference", PERSONAL},
    {"redcapsurveyidentifier", PERSONAL},
    {"surveyidentifier", PERSONAL},
    {"email", PERSONAL},
    {"mail", PERSONAL},
    {"emailaddress", PERSONAL},
    {"contactdetails", PERSONAL},
    {"phone", PERSONAL},
    {"phonenumber", PERSONAL},
    {"telephone", PERSONAL},
    {"telephonenumber", PERSONAL},
    {"mobile", PERSONAL},
    {"mobilenumber", PERSONAL},
    {"ipaddress", PERSONAL},
    {"ipaddr", PERSONAL},
    {"ip", PERSONAL},
    {"locationlatitude", PERSONAL},
    {"locationlongitude", PERSONAL},
    {"latitude", PERSONAL},
    {"longitude", PERSONAL},
    {"dob", PERSONAL},
    {"dateofbirth", PERSONAL},
    {"birthdate", PERSONAL},
    {"birthday", PERSONAL},
    {"postcode", PERSONAL},
    {"postalcode", PERSONAL},
    {"sipcode", PERSONAL}, /* zip code, with s for z */
    {"address", PERSONAL},
    {"homeaddress", PERSONAL},
    {"nhsnumber", PERSONAL},
    {"staffnumber", PERSONAL},
    {"staffid", PERSONAL},
    {"employeeid", PERSONAL},
    {"employeenumber", PERSONAL},
    {"signature", PERSONAL},

    {"startdate", PLATFORM},
    {"enddate", PLATFORM},
    {"starttime", PLATFORM},
    {"endtime", PLATFORM},
    {"duration", PLATFORM},
    {"durationinseconds", PLATFORM},
    {"timetaken", PLATFORM},
    {"totaltime", PLATFORM},
    {"interviewtime", PLATFORM},
    {"completiontime", PLATFORM},
    {"completiondate", PLATFORM},
    {"completeddate", PLATFORM},
    {"datecompleted", PLATFORM},
    {"lastmodifiedtime", PLATFORM},
    {"datemodified", PLATFORM},
    {"datecreated", PLATFORM},
    {"timestamp", PLATFORM},
    {"surveytimestamp", PLATFORM},
    {"finished", PLATFORM},
    {"progress", PLATFORM},
    {"status", PLATFORM},
    {"responsetype", PLATFORM},
    {"recordeddate", PLATFORM},
    {"userlanguage", PLATFORM},
    {"language", PLATFORM},
    {"distributionchannel", PLATFORM},
    {"submitdate", PLATFORM},
    {"datesubmitted", PLATFORM},
    {"submittedat", PLATFORM},
    {"lastpage", PLATFORM},
    {"startlanguage", PLATFORM},
    {"seed", PLATFORM},
    {"datestarted", PLATFORM},
    {"datestamp", PLATFORM},
    {"datelastaction", PLATFORM},
    {"refurl", PLATFORM},
    {"referrerurl", PLATFORM},
    {"useragent", PLATFORM},
    {"collectorid", PLATFORM},
    {"redcaprepeatinstrument", PLATFORM},
    {"totalpoints", PLATFORM},
    {"quisfeedback", PLATFORM}, /* quiz, with s for z */
    {"complete", PLATFORM},
};

static struct npt__use use_as(enum meaning meaning)
{
    switch (meaning) {
    case PERSON_ID:
    case RESPONSE_ID:
        return (struct npt__use){NPT__COLUMN_ID,
                                 "id",
                                 NPT__CERTAIN,
                                 "named like an id",
                                 meaning == PERSON_ID ? NPT__RANK_PERSON : NPT__RANK_RESPONSE,
                                 false,
                                 true};
    case WEAK_ID:
        return (struct npt__use){NPT__COLUMN_ID, "id",  NPT__POSSIBLE, "may be an id",
                                 NPT__RANK_WEAK, false, false};
    case SITE:
        return (struct npt__use){NPT__COLUMN_ATTRIBUTE, "site", NPT__LIKELY, "named like a site",
                                 NPT__RANK_PERSON,      false,  false};
    case WEAK_SITE:
        return (struct npt__use){NPT__COLUMN_ATTRIBUTE, "site", NPT__POSSIBLE, "may be a site",
                                 NPT__RANK_WEAK,        false,  false};
    case ROLE:
        return (struct npt__use){NPT__COLUMN_ATTRIBUTE, "role", NPT__LIKELY, "named like a role",
                                 NPT__RANK_PERSON,      false,  false};
    case WAVE:
        return (struct npt__use){NPT__COLUMN_ATTRIBUTE, "wave", NPT__LIKELY, "named like a wave",
                                 NPT__RANK_PERSON,      false,  false};
    case WEAK_WAVE:
        return (struct npt__use){NPT__COLUMN_ATTRIBUTE, "wave", NPT__POSSIBLE, "may be a wave",
                                 NPT__RANK_WEAK,        false,  false};
    case PERSONAL:
        return (struct npt__use){NPT__COLUMN_PERSONAL, NULL,  NPT__CERTAIN, "personal by its name",
                                 NPT__RANK_PERSON,     false, true};
    case PLATFORM:
        break;
    }
    return (struct npt__use){NPT__COLUMN_UNUSED, NULL,  NPT__CERTAIN, "kept by the survey platform",
                             NPT__RANK_PERSON,   false, true};
}

/* ---- words ----------------------------------------------------------------------------------- */

/* Joins words from..to without blanks; false where that is longer than any name here. */
static bool join(const struct npt__header *header, size_t from, size_t to, char name[LONGEST_NAME])
{
    size_t used = 0;
    for (size_t i = from; i < to; i++) {
        size_t length = strlen(header->words[i].text);
        if (used + length >= LONGEST_NAME)
            return false;
        memcpy(name + used, header->words[i].text, length);
        used += length;
    }
    name[used] = '\0';
    return used > 0;
}

static const struct keyword *find(const struct npt__header *header, size_t from, size_t to)
{
    char name[LONGEST_NAME];
    if (!join(header, from, to, name))
        return NULL;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keywords[i].name, name) == 0)
            return &keywords[i];
    return NULL;
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(word, words) is_one_of(word, words, sizeof(words) / sizeof *(words))

static const char *word_at(const struct npt__header *header, size_t index)
{
    return index < header->count ? header->words[index].text : "";
}

/* "4", "Q4", "4.1": numbering before a question. */
static bool is_numbering(const char *word)
{
    word += *word == 'q';
    return *word && word[strspn(word, "0123456789")] == '\0';
}

/* ---- questions ------------------------------------------------------------------------------- */

/* Words that lead to what a question asks for, and say nothing of it. */
static size_t skip_fillers(const struct npt__header *header, size_t at)
{
    static const char *const fillers[] = {
        "what",   "which",    "is",     "are",       "of",       "the",  "your",
        "please", "select",   "choose", "enter",     "indicate", "tell", "us",
        "state",  "specify",  "give",   "current",   "main",     "own",  "primary",
        "best",   "you",      "do",     "following", "in",       "at",   "for",
        "type",   "describe", "a",      "provide",   "describes"};
    for (;; at++) {
        const char *word = word_at(header, at);
        bool is_name_of = strcmp(word, "name") == 0 && strcmp(word_at(header, at + 1), "of") == 0;
        if (!*word || (!is_name_of && !IS_ONE_OF(word, fillers)))
            return at;
    }
}

/* What a question asks for: "Which organisation do you work for?", "What is your role?" */
static const struct keyword *asked_for(const struct npt__header *header, size_t from)
{
    static const char *const followers[] = {"do",   "does",   "are",    "is",   "you",
                                            "your", "in",     "at",     "for",  "within",
                                            "or",   "please", "select", "from", "have"};
    size_t at = skip_fillers(header, from);
    if (at == from || header->count > MOST_WORDS)
        return NULL;
    for (size_t length = LONGEST_KEYWORD; length; length--) {
        if (at + length > header->count)
            continue;
        const char *next = word_at(header, at + length);
        const struct keyword *keyword = find(header, at, at + length);
        if (keyword && (!*next || IS_ONE_OF(next, followers)))
            return keyword;
    }
    return NULL;
}

/* An e-mail address or the like is asked for somewhere in a question, or a name of somebody. */
static bool asks_for_person(const struct npt__header *header)
{
    static const char *const words[] = {"email",    "emails",    "surname", "forename",
                                        "postcode", "telephone", "phone",   "birthday",
                                        "dob",      "firstname", "lastname"};
    const char *last = header->words[header->count - 1].text;
    if (header->count <= 4 && (strcmp(last, "name") == 0 || strcmp(last, "initials") == 0))
        return true;
    for (size_t i = 0; i < header->count; i++) {
        const char *word = header->words[i].text, *next = word_at(header, i + 1);
        if (IS_ONE_OF(word, words) || (strcmp(word, "e") == 0 && strcmp(next, "mail") == 0))
            return true;
        if (strcmp(word, "of") == 0 && strcmp(next, "birth") == 0)
            return true;
        if ((strcmp(word, "first") == 0 || strcmp(word, "last") == 0 ||
             strcmp(word, "full") == 0) &&
            strcmp(next, "name") == 0)
            return true;
    }
    return false;
}

/* ---- what belongs to another column ---------------------------------------------------------- */

/* "Q4Time", "groupTime716": how long a page took. */
static bool is_timing(const char *word)
{
    size_t length = strlen(word), group = strlen("grouptime");
    if (strncmp(word, "grouptime", group) == 0)
        return word[group + strspn(word + group, "0123456789")] == '\0';
    return length > 4 && strcmp(word + length - 4, "time") == 0 && word[length - 5] >= '0' &&
           word[length - 5] <= '9';
}

/* LimeSurvey's texts for the same: "Group time: About you", "Question time: role". */
static bool is_timing_of(const struct npt__header *header)
{
    const char *of = word_at(header, 0);
    return (strcmp(of, "group") == 0 || strcmp(of, "question") == 0) &&
           strcmp(word_at(header, 1), "time") == 0 &&
           (header->count == 2 || header->words[2].starts);
}

/* Columns that go with a question but do not hold its answer: texts, page timings, the order in which
   items were shown, points in a quiz. */
static bool is_byproduct(const struct npt__header *header)
{
    static const char *const last[] = {"text",     "comment", "comments",  "timestamp",
                                       "complete", "time",    "click",     "submit",
                                       "count",    "other",   "identifier"};
    static const char *const first[] = {"points", "feedback"};
    if (!header->count)
        return false;
    const char *start = word_at(header, 0), *end = word_at(header, header->count - 1);
    if (header->count > 1 && IS_ONE_OF(start, first) && header->words[1].starts)
        return true;
    if (is_timing_of(header))
        return true;
    if (header->count == 1)
        return is_timing(end);
    if (header->count > 5)
        return false;
    bool is_numbered = strpbrk(start, "0123456789") != NULL;
    for (size_t i = 1; is_numbered && i < header->count; i++)
        if (strcmp(header->words[i].text, "do") == 0)
            return true; /* Qualtrics: display order */
    return is_timing(end) || ((!header->has_blank || is_numbered) && IS_ONE_OF(end, last));
}

/* "Any other comments?", "Please explain your answer": no item, even where an item's wording follows. */
static bool is_free_text(const struct npt__header *header)
{
    static const char *const words[] = {"comments", "comment", "explain", "elaborate"};
    static const char *const before[] = {"any",  "other",  "further", "additional",
                                         "your", "please", "free"};
    for (size_t i = 0; i < header->count; i++)
        if (IS_ONE_OF(header->words[i].text, words) &&
            (i == 0 || IS_ONE_OF(header->words[i - 1].text, before)))
            return true;
    return false;
}

static struct npt__use use_of_question(const struct npt__header *header)
{
    struct npt__use none = {NPT__COLUMN_UNUSED, NULL,  NPT__UNSURE, "",
                            NPT__RANK_WEAK,     false, false};
    size_t from = 0;
    if (!header->count || header->is_cut)
        return none;
    const struct keyword *keyword = find(header, 0, header->count);
    bool is_plain = keyword && header->count == 1;
    while (from + 1 < header->count && is_numbering(header->words[from].text))
        from++;
    if (!keyword)
        keyword = find(header, from, header->count);
    bool is_asked = !keyword;
    if (!keyword)
        keyword = asked_for(header, from);
    if (keyword) {
        struct npt__use use = use_as(keyword->meaning);
        use.is_plain = is_plain && use.as && strcmp(keyword->name, use.as) == 0;
        use.is_final = use.is_final && !is_asked;
        if (is_asked && use.certainty == NPT__CERTAIN)
            use.certainty = NPT__LIKELY;
        return use;
    }
    if (is_byproduct(header))
        return (struct npt__use){NPT__COLUMN_UNUSED,
                                 NULL,
                                 NPT__LIKELY,
                                 "goes with a question, but holds no answer to it",
                                 NPT__RANK_WEAK,
                                 false,
                                 true};
    if (asks_for_person(header))
        return (struct npt__use){
            NPT__COLUMN_PERSONAL, NULL,  NPT__LIKELY, "may name or reach a person",
            NPT__RANK_WEAK,       false, false};
    if (is_free_text(header))
        return (struct npt__use){NPT__COLUMN_UNUSED, NULL,  NPT__LIKELY, "free text",
                                 NPT__RANK_WEAK,     false, true};
    return none;
}

/* Qualtrics: "What is your role? - Selected Choice". */
static bool ends_with_choice(const struct npt__header *header)
{
    return header->count > 1 && header->words[header->count - 2].starts &&
           strcmp(header->words[header->count - 2].text, "selected") == 0 &&
           strcmp(header->words[header->count - 1].text, "choice") == 0;
}

struct npt__use npt__use_of(const struct npt__header *header)
{
    if (!ends_with_choice(header))
        return use_of_question(header);
    struct npt__header question = *header;
    question.count -= 2;
    return use_of_question(&question);
}
