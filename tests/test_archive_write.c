/* test_archive_write.c - archives that are written can be read by our own reader, and tell nothing of where
 * and when.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "../nptkit/base/archive.h"
#include "../nptkit/base/archive_write.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* Members with these bytes: nothing, a word, zeros, what cannot be packed. */
#define LARGE ((size_t)300000)

static npt_output *write_archive(const char *large)
{
    npt__archive_writer *writer = npt__archive_writer_new();
    npt_output *output = npt_output_memory(NULL);
    npt__archive_writer_add(writer, "z/empty", NULL, 0);
    npt__archive_writer_add(writer, "a/word.xml", "word", 4);
    npt__archive_writer_add(writer, "large \xC3\xA9", large, LARGE);
    npt__archive_writer_finish(writer, output);
    return output;
}

/* The same on every run: a generator of Knuth's (MMIX). */
static char *random_bytes(void)
{
    char *bytes = malloc(LARGE);
    uint64_t state = 1;
    for (size_t i = 0; i < LARGE; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (char)(state >> 56);
    }
    return bytes;
}

static void members_come_back_in_order(void **state)
{
    (void)state;
    char *large = random_bytes();
    npt_output *output = write_archive(large);
    size_t length;
    const char *bytes = npt_output_bytes(output, &length);
    fixture_write("a.zip", bytes, length);
    npt__archive *archive = NULL;
    npt_diags *diags = npt_diags_new();
    assert_int_equal(npt__archive_open(&archive, "a.zip", diags), NPT_OK);
    static const char *const names[] = {"z/empty", "a/word.xml", "large \xC3\xA9"};
    const char *const contents[] = {"", "word", large};
    const size_t lengths[] = {0, 4, LARGE};
    assert_int_equal(npt__archive_count(archive), 3);
    for (size_t i = 0; i < 3; i++) {
        npt__buffer content = {0};
        const char *fault = NULL;
        assert_string_equal(npt__archive_name(archive, i), names[i]);
        assert_int_equal(npt__archive_read(archive, i, LARGE, &content, &fault), NPT_OK);
        assert_int_equal(content.length, lengths[i]);
        assert_memory_equal(npt__buffer_string(&content), contents[i], lengths[i]);
        npt__buffer_release(&content);
    }
    npt__archive_close(archive);
    npt_diags_free(diags);
    npt_output_discard(output);
    free(large);
}

static void the_same_members_give_the_same_bytes(void **state)
{
    (void)state;
    char *large = random_bytes();
    npt_output *one = write_archive(large), *other = write_archive(large);
    size_t length, size;
    const char *bytes = npt_output_bytes(one, &length);
    assert_memory_equal(bytes, npt_output_bytes(other, &size), length);
    assert_int_equal(length, size);
    /* APPNOTE 4.4.6: 1980-01-01, 00:00, of the first local header. */
    assert_memory_equal(bytes + 10, "\0\0\x21\0", 4);
    npt_output_discard(one);
    npt_output_discard(other);
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(members_come_back_in_order),
        FIXTURE_TEST(the_same_members_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
