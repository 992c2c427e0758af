/* refi_texts.c - handing over the texts of sources, when an analysis needs them.
 *
 * Members of archives are inflated by several threads, each with a handle of its own, one text at a
 * time; what a visitor does with a text must depend on that text alone, so the number of threads cannot
 * change a digit. Texts within the XML come by in a second pass over it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _POSIX_C_SOURCE 200809L
#include "refi.h"

#include "../base/archive.h"
#include "../base/file.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define MOST_THREADS 64u

struct job {
    const npt_study *study;
    const uint32_t *documents;
    size_t count;
    atomic_size_t next;
    npt__text_visitor *visitor;
    void *user;
    const char **faults; /* one for each document; static texts */
};

struct worker {
    struct job *job;
    size_t number;
    npt__archive *archive; /* of the export below */
    uint32_t export_index;
    npt__buffer text;
    npt_diags *diags; /* of opening archives again: that worked before, so kept silent */
};

static const struct npt__document *document_at(const struct job *job, size_t index)
{
    return &job->study->documents.items[job->documents[index]];
}

static uint32_t export_of(const npt_study *study, const struct npt__document *document)
{
    return study->sources.items[document->source].export_index;
}

/* Checks a text and hands it over. */
static void hand_over(struct job *job, size_t index, size_t thread, const char *text, size_t length)
{
    bool bom = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    if (bom) {
        text += 3;
        length -= 3;
    }
    if (length && memchr(text, '\0', length))
        job->faults[index] = "its text holds NUL bytes, so it is no text";
    else if (length > UINT32_MAX / 4 || npt__utf8_valid(text, length) != length)
        job->faults[index] = "its text is not UTF-8, as the REFI-QDA standard asks";
    else
        job->visitor(job->user, thread, job->documents[index], text, length, bom);
}

static void read_member(struct worker *worker, size_t index)
{
    struct job *job = worker->job;
    const struct npt__document *document = document_at(job, index);
    uint32_t export_index = export_of(job->study, document);
    if (!worker->archive || worker->export_index != export_index) {
        npt__archive_close(worker->archive);
        worker->archive = NULL;
        worker->export_index = export_index;
        if (npt__archive_open(&worker->archive, job->study->exports.items[export_index].path,
                              worker->diags) != NPT_OK) {
            job->faults[index] = "its text cannot be read: the export has changed or gone";
            return;
        }
    }
    const char *fault = NULL;
    if (npt__archive_read(worker->archive, document->member, NPT__LARGEST_TEXT, &worker->text,
                          &fault) != NPT_OK)
        job->faults[index] = fault;
    else
        hand_over(job, index, worker->number, npt__buffer_string(&worker->text),
                  worker->text.length);
}

static void *work(void *user)
{
    struct worker *worker = user;
    struct job *job = worker->job;
    size_t index;
    while ((index = atomic_fetch_add(&job->next, 1)) < job->count)
        if (document_at(job, index)->presence == NPT__TEXT_MEMBER)
            read_member(worker, index);
    npt__archive_close(worker->archive);
    npt__buffer_release(&worker->text);
    npt_diags_free(worker->diags);
    return NULL;
}

static void read_members(struct job *job, size_t threads)
{
    pthread_t handles[MOST_THREADS];
    struct worker workers[MOST_THREADS];
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    if (threads > job->count)
        threads = job->count ? job->count : 1;
    size_t started = 0;
    for (size_t i = 0; i < threads; i++)
        workers[i] = (struct worker){.job = job, .number = i, .diags = npt_diags_new()};
    while (started + 1 < threads &&
           pthread_create(&handles[started], NULL, work, &workers[started + 1]) == 0)
        started++;
    for (size_t i = started + 1; i < threads; i++)
        npt_diags_free(workers[i].diags);
    work(&workers[0]);
    for (size_t i = 0; i < started; i++)
        pthread_join(handles[i], NULL);
}

/* ---- texts within the XML -------------------------------------------------------------------- */

enum { PLAIN_TEXT_CONTENT };
static const char *const elements[] = {"PlainTextContent", NULL};

struct inline_reader {
    struct job *job;
    size_t index; /* the next document that may be wanted */
    uint32_t export_index, ordinal;
    bool capturing;
    npt__buffer text;
};

/* Moves on to the next document of this export whose text is inline. */
static bool find_wanted(struct inline_reader *reader)
{
    for (; reader->index < reader->job->count; reader->index++) {
        const struct npt__document *document = document_at(reader->job, reader->index);
        if (document->presence == NPT__TEXT_INLINE &&
            export_of(reader->job->study, document) == reader->export_index)
            return true;
    }
    return false;
}

static void on_start(void *user, npt__xml *xml, const struct npt__element *element)
{
    struct inline_reader *reader = user;
    if (element->token != PLAIN_TEXT_CONTENT)
        return;
    if (!find_wanted(reader)) {
        npt__xml_stop(xml);
        return;
    }
    npt__buffer_clear(&reader->text);
    reader->capturing = document_at(reader->job, reader->index)->member == reader->ordinal++;
}

static void on_end(void *user, npt__xml *xml, int token)
{
    (void)xml;
    struct inline_reader *reader = user;
    if (token != PLAIN_TEXT_CONTENT || !reader->capturing)
        return;
    reader->capturing = false;
    hand_over(reader->job, reader->index++, 0, npt__buffer_string(&reader->text),
              reader->text.length);
}

static void on_text(void *user, npt__xml *xml, const char *bytes, size_t length)
{
    (void)xml;
    struct inline_reader *reader = user;
    if (reader->capturing && !npt__buffer_add(&reader->text, bytes, length)) {
        reader->job->faults[reader->index++] = "its text is larger than any real text";
        reader->capturing = false;
    }
}

static bool feed(void *user, const char *bytes, size_t length)
{
    return npt__xml_feed(user, bytes, length);
}

static void read_inline(struct job *job, uint32_t export_index, npt_diags *diags)
{
    static const struct npt__xml_handler handler = {elements, on_start, on_end, on_text};
    struct inline_reader reader = {.job = job, .export_index = export_index};
    reader.text.ceiling = (size_t)NPT__LARGEST_TEXT;
    if (!find_wanted(&reader))
        return;
    const struct npt__export *export = &job->study->exports.items[export_index];
    enum npt__file_kind kind;
    if (npt__file_kind(&kind, export->path, diags) != NPT_OK)
        return;
    npt__xml *xml = npt__xml_new(&handler, &reader, export->label, diags);
    npt__archive *archive = NULL;
    const char *fault = NULL;
    if (kind == NPT__FILE_ZIP) {
        uint32_t member = NPT__NONE;
        if (npt__archive_open(&archive, export->path, diags) == NPT_OK)
            member = npt__refi_find_project(archive, export->label, diags);
        if (member != NPT__NONE)
            npt__archive_pipe(archive, member, NPT__LARGEST_PROJECT, feed, xml, &fault);
    } else {
        npt__file_stream(export->path, feed, xml, diags);
    }
    npt__xml_finish(xml);
    npt__xml_free(xml);
    npt__archive_close(archive);
    npt__buffer_release(&reader.text);
}

enum npt_status npt__refi_read_texts(const npt_study *study, const uint32_t *documents,
                                     size_t count, size_t threads, npt__text_visitor *visitor,
                                     void *user, npt_diags *diags)
{
    npt__arena *arena = npt__arena_new();
    struct job job = {.study = study,
                      .documents = documents,
                      .count = count,
                      .visitor = visitor,
                      .user = user,
                      .faults = npt__arena_array(arena, count, sizeof(const char *))};
    size_t faults = npt_diags_count(diags, NPT_ERROR);
    read_members(&job, threads);
    for (uint32_t i = 0; i < study->exports.count; i++)
        read_inline(&job, i, diags);
    for (size_t i = 0; i < count; i++) {
        if (!job.faults[i])
            continue;
        const struct npt__source *source = &study->sources.items[document_at(&job, i)->source];
        npt__say(diags, NPT_ERROR,
                 &(struct npt__place){.file = study->exports.items[source->export_index].label},
                 "source '%s': %s", source->name, job.faults[i]);
    }
    npt__arena_free(arena);
    return npt_diags_count(diags, NPT_ERROR) > faults ? NPT_BAD_INPUT : NPT_OK;
}
