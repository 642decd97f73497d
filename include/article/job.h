/* job: what is asked, and the article that answers it. One per request; everything it points to lives
 * in its arena, except knowledge and fetcher (process) and input (the caller keeps it until the end). */
#ifndef NEWSMETA_ARTICLE_JOB_H
#define NEWSMETA_ARTICLE_JOB_H

#include "article/article.h"
#include "article/knowledge.h"
#include "base/arena.h"
#include "base/error.h"

struct fetcher; /* fetch/fetcher.h */

enum input_kind { INPUT_URL, INPUT_HTML, INPUT_TEXT, INPUT_SNIFF /* html or text: the bytes tell */ };

/* Parts of the answer that can be asked for (`fields`). */
#define FIELD_TABLE(X)                                                                                                 \
    X(FIELD_HEADLINE, "headline")                                                                                      \
    X(FIELD_DATE, "date")                                                                                              \
    X(FIELD_ACTORS, "actors")                                                                                          \
    X(FIELD_TOPICS, "topics")                                                                                          \
    X(FIELD_AUTHORS, "authors")                                                                                        \
    X(FIELD_LANGUAGE, "language")                                                                                      \
    X(FIELD_KEYPHRASES, "keyphrases")                                                                                  \
    X(FIELD_DATES, "dates")                                                                                            \
    X(FIELD_PAGE, "page") /* url, canonical_url, site_name, description, image, section, tags */                       \
    X(FIELD_BODY, "body")

enum field_index {
#define X(enumerator, name) enumerator##_INDEX,
    FIELD_TABLE(X)
#undef X
        FIELD_COUNT
};

enum field {
#define X(enumerator, name) enumerator = 1 << enumerator##_INDEX,
    FIELD_TABLE(X)
#undef X
        FIELD_ALL = (1 << FIELD_COUNT) - 1
};

enum include { INCLUDE_BODY = 1, INCLUDE_MENTIONS = 2, INCLUDE_TIMINGS = 4 };

enum offset_unit { OFFSET_CODEPOINT, OFFSET_UTF16, OFFSET_BYTE };

/* Where a fetched page came from: the origin, the cache as it was, the cache after the origin said that it holds. */
enum fetched { FETCHED_NOT, FETCHED_ANEW, FETCHED_KEPT, FETCHED_CONFIRMED };

#define MAX_STAGES 32

struct timing {
    const char *stage;
    int64_t ns;
};

struct job {
    struct arena *arena;
    const struct knowledge *knowledge;
    struct fetcher *fetcher;   /* NULL: URLs cannot be fetched */

    /* asked */
    enum input_kind kind;
    struct slice id;           /* JSON text of a batch line's id, or null */
    struct slice input;        /* the bytes, as they came (URL: filled in by fetch) */
    struct slice url;          /* the URL asked for; after fetch the final one */
    struct slice base_url;     /* where html or text came from, if the caller says so */
    struct slice content_type; /* of the input, as HTTP names it; may be null */
    struct slice language;     /* BCP 47, if the caller says so */
    struct civil reference_date; /* year 0: none */
    unsigned fields;           /* enum field bits */
    unsigned include;          /* enum include bits */
    enum offset_unit offsets;
    int64_t deadline_ns;       /* clock_now_ns() at which work ends; 0: never */
    struct slice traceparent;  /* to be passed on to an origin (W3C Trace Context); may be null */

    /* found */
    struct article article;
    const struct site *site;   /* find/site.h: what the page gives away about its site; NULL: nobody has asked yet */

    /* failed */
    enum err err;
    struct slice detail;       /* what to tell the caller; may be null */
    int upstream_status;       /* of ERR_UPSTREAM_STATUS */

    size_t stages_done;        /* of the pipeline's: where it goes on */

    /* measured */
    struct timing timings[MAX_STAGES];
    size_t timing_count;
    size_t input_bytes;        /* length of the input before decoding */
    enum fetched fetched;
};

/* Does the answer need this field? */
static inline bool job_wants(const struct job *job, unsigned fields)
{
    return (job->fields & fields) != 0;
}

/* The URL that the page has, as far as anybody said: base_url, or the URL fetched; may be null. */
static inline struct slice job_page_url(const struct job *job)
{
    return job->base_url.len ? job->base_url : job->url;
}

/* The article came as a page (blocks from HTML), not as raw text. */
static inline bool job_is_page(const struct job *job)
{
    return job->kind == INPUT_HTML || job->kind == INPUT_URL;
}

/* Adds a warning, once per code and field. `code` and `field` are literals; `message` is copied. */
void job_warn(struct job *job, const char *code, const char *field, const char *message);
/* Records the error and its detail and returns err: `return job_fail(job, ERR_NO_TEXT, "...");` */
enum err job_fail(struct job *job, enum err err, const char *detail);
/* The deadline has passed. Reads the clock: call it once per some hundred units of work, not per byte. */
bool job_is_late(const struct job *job);

#endif
