/* test_refi_samples.c - the real exports beside the project; skipped where they are not there.
 *
 * What is expected was counted in their XML with another program (xml.etree of Python).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _XOPEN_SOURCE 700
#include "fixture.h"

#include <stdio.h>
#include <unistd.h>

static struct fixture open_sample(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "../shared/samples/refi/%s", name);
    if (access(path, R_OK) != 0) {
        print_message("no %s here: not tested\n", path);
        skip();
    }
    return fixture_open(path);
}

static size_t segments_of(const npt_study *study, const char *coder)
{
    size_t count = 0;
    for (size_t i = 0; i < study->segments.count; i++)
        count += strcmp(study->coders.items[study->segments.items[i].coder].name, coder) == 0;
    return count;
}

static void nvivo_for_windows_12_6(void **state)
{
    (void)state;
    struct fixture opened = open_sample("nvivo-windows-12.6.qdpx");
    assert_int_equal(opened.status, NPT_OK);
    assert_string_equal(opened.text, "");
    const npt_study *study = opened.study;
    assert_int_equal(study->codes.count, 152);
    assert_int_equal(study->segments.count, 303);
    assert_int_equal(study->exports.items[0].codings, 303);
    assert_int_equal(study->exports.items[0].missing_files.count, 0);
    /* All codings name one user, the author of the codes; the selections tell who coded. */
    assert_int_equal(segments_of(study, "floriansipos"), 297);
    assert_int_equal(segments_of(study, "Gergo"), 6);
    const struct npt__offsets_choice *how = &study->documents.items[1].how;
    assert_int_equal(how->basis, NPT__OFFSETS_MEASURED);
    assert_int_equal(how->offsets.unit, NPT__UTF16);
    assert_int_equal(how->offsets.lines, NPT__LINES_AS_STORED);
    assert_false(how->offsets.counts_bom);
    assert_true(how->fitting * 100 >= how->checked * 99); /* FORMATS 1.5: 0.995 */
    assert_int_equal(study->documents.items[0].how.basis, NPT__OFFSETS_POOLED);
    fixture_close(&opened);
}

static void atlas_ti_for_mac_8_4(void **state)
{
    (void)state;
    struct fixture opened = open_sample("atlas-mac-8.4.qdpx");
    assert_int_equal(opened.status, NPT_OK);
    assert_string_equal(opened.text, "");
    const npt_study *study = opened.study;
    const struct npt__export *export = &study->exports.items[0];
    assert_int_equal(study->codes.count, 14);
    assert_int_equal(study->sources.count, 12);
    assert_int_equal(export->codings, 16);
    assert_int_equal(export->missing_files.count, 11); /* 8 texts, 2 PDF and a picture */
    /* 13 selections have codings; 2 passages of a PDF stand twice; 2 selections have none. */
    assert_int_equal(study->segments.count, 11);
    assert_int_equal(export->merged, 2);
    assert_int_equal(export->uncoded, 2);
    assert_int_equal(segments_of(study, "Friedrich Markgraf"), 11);
    fixture_close(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nvivo_for_windows_12_6),
        cmocka_unit_test(atlas_ti_for_mac_8_4),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
