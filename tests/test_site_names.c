/* test_site_names.c - names of other sites in texts, whatever stands around them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/unicode.h"
#include "../nptkit/compose/site_names.h"
#include "fixture.h"

static bool names_others(const char *const *sites, size_t count, uint32_t own, const char *text)
{
    npt__arena *arena = npt__arena_new();
    struct npt__report_site *list = npt__arena_array(arena, count, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct npt__report_site){sites[i], npt__fold_name(arena, sites[i]), ""};
    struct npt__site_names names;
    npt__site_names_init(&names, arena, list, count);
    npt__site_names_find(&names);
    const bool found = npt__site_names_others(&names, own, text);
    npt__site_names_release(&names);
    npt__arena_free(arena);
    return found;
}

static void signs_are_no_part_of_a_word(void **state)
{
    (void)state;
    static const char *const sites[] = {"Ward", "Northgate", "\xC3\x96rebro",
                                        "\xE6\x9D\xB1\xE4\xBA\xAC"};
    static const char *const named[] = {
        "On Northgate's way",
        "On Northgate\xE2\x80\x99s way",
        "\xE2\x80\x9CNorthgate\xE2\x80\x9D",
        "east\xE2\x80\x93northgate\xE2\x80\xA6",
        "\xC2\xBFNorthgate?",
        "\xC2\xA0Northgate\xC2\xA0",
        "(\xC3\x96REBRO)",
        "\xE2\x80\x9E\xC3\xB6rebro\xE2\x80\x9C",
        "\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD\xE7\xAB\x8B", /* without a blank behind the name */
    };
    static const char *const others[] = {
        "Northgates",        "Northgate\xC3\xA9", "\xC3\xA9Northgate", "the northgater",
        "Ward\xE2\x80\x99s", "X\xC3\xB6rebro",    "\xC3\xB6rebro1",    "North gate",
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!names_others(sites, 4, 0, named[i]))
            fail_msg("not found in: %s", named[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (names_others(sites, 4, 0, others[i]))
            fail_msg("found in: %s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {FIXTURE_TEST(signs_are_no_part_of_a_word)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
