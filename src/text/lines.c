#include "text/lines.h"

#include "base/utf8.h"
#include "lines_internal.h"
#include "wide_lines.h"

struct line_lexicon {
    const struct line_cues *cues;
    const struct line_model *model;
    struct line_tables tables;
    const struct lexicon_table *mail_marks, *wide_signs;
};

const struct line_lexicon *line_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct line_lexicon *lines = arena_alloc(arena, sizeof *lines);
    *lines = (struct line_lexicon){
        .cues = line_cues_create(arena, lexicon_table(lexicon, "line_cues")),
        .model = line_model_create(arena, lexicon),
        .tables = line_tables_make(arena, lexicon),
        .mail_marks = lexicon_table(lexicon, "mail_marks"),
        .wide_signs = lexicon_table(lexicon, "wide_signs"),
    };
    return lines;
}

const struct line_tables *line_lexicon_tables(const struct line_lexicon *lexicon)
{
    return &lexicon->tables;
}

const struct line_cues *line_lexicon_cues(const struct line_lexicon *lexicon)
{
    return lexicon->cues;
}

/* A chat's pictures, arrows, stars; a text editor's marks of headings and weight. */
static bool is_ornament(uint32_t c)
{
    return c == ' ' || c == '*' || c == '#' || c == '=' || c == '~' || c == '_' || c == '>' || c == 0x200D ||
           (c >= 0x2190 && c <= 0x2BFF) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F000 && c <= 0x1FAFF);
}

#define LONGEST_MAIL_MARK 4 /* bytes */

/* Behind "Re: Fwd: " of a mail's subject. */
static size_t behind_mail_marks(const struct job *job, size_t start, size_t end)
{
    struct slice text = job->article.text;
    for (size_t at = start; at < end && at - start <= LONGEST_MAIL_MARK; at++) {
        if (text.ptr[at] != ':')
            continue;
        if (!lexicon_find(job->knowledge->lines->mail_marks, utf8_lower(job->arena, slice_sub(text, start, at))))
            break;
        while (at + 1 < end && text.ptr[at + 1] == ' ')
            at++;
        start = at + 1;
    }
    return start;
}

/* "Subject: Flood in Assam", "# Flood in Assam", "**Flood in Assam**": label and marks are no part of the
 * headline. A "#" before a letter is: #MeToo. */
static void cut_labels(struct job *job, const struct line *lines)
{
    const struct article *article = &job->article;
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct span *span = &article->blocks[i].span;
        if (article->blocks[i].role != ROLE_HEADLINE)
            continue;
        span->start += lines[i].cues.label;
        if (lines[i].cues.label)
            span->start = (uint32_t)behind_mail_marks(job, span->start, span->end);
        size_t start = span->start, end = span->end, taken;
        while (start < end && is_ornament(utf8_decode(article->text, start, &taken)))
            start += taken;
        if (start > span->start && article->text.ptr[start - 1] == '#')
            start--;
        while (end > start && is_ornament(utf8_decode_before(article->text, end, &taken)))
            end -= taken;
        if (start < end)
            *span = (struct span){(uint32_t)start, (uint32_t)end};
    }
}

#define LINES_BETWEEN_CLOCK_READINGS 1024u

/* The text as its lines are looked at, byte for byte in its place: capitals say nothing where there is nothing else. */
static struct slice text_to_look_at(const struct job *job)
{
    struct slice text = job->article.text, lower;
    if (line_case_of(text) != LINE_CASE_UPPER)
        return text;
    lower = utf8_lower(job->arena, text);
    return lower.len == text.len ? lower : text;
}

#define SIGN_CUE 3.0f
#define WIDE_BYTE 0xE3 /* the first byte of most letters of East Asia, or less */

/* "洛阳日报记者 李文静", "来源：...": no words that a list could hold, so the cue is found inside. Only under another
 * line: headlines say such words, too. */
static void see_wide_sign(const struct line_lexicon *lexicon, struct line *line)
{
    size_t taken;
    float *byline = &line->cues.weight[ROLE_BYLINE];
    if ((unsigned char)line->text.ptr[0] < WIDE_BYTE || *byline >= SIGN_CUE)
        return;
    uint32_t last = utf8_decode_before(line->text, line->text.len, &taken);
    bool ends = last == 0x3002 || last == 0xFF01 || last == 0xFF1F;
    if (!ends && wide_line_is_sign(lexicon->wide_signs, line->text))
        *byline = SIGN_CUE;
}

/* What each block looks like, before any role is given; NULL when the time is up. */
static struct line *read_lines(const struct job *job)
{
    const struct line_lexicon *lexicon = job->knowledge->lines;
    const struct article *article = &job->article;
    struct line *lines = arena_calloc(job->arena, article->block_count, sizeof *lines);
    struct slice text = text_to_look_at(job);
    for (uint32_t i = 0; i < article->block_count; i++) {
        if (i % LINES_BETWEEN_CLOCK_READINGS == 0 && job_is_late(job))
            return NULL;
        lines[i].text = slice_sub(text, article->blocks[i].span.start, article->blocks[i].span.end);
        line_cues_find(lexicon->cues, job->arena, lines[i].text, &lines[i].cues);
        if (i > 0)
            see_wide_sign(lexicon, &lines[i]);
    }
    line_features_read(job->arena, &lexicon->tables, article->blocks, lines, article->block_count);
    return lines;
}

enum err lines_run(struct job *job)
{
    struct article *article = &job->article;
    bool truncated;
    article->blocks = line_split(job->arena, article->text, &article->block_count, &truncated);
    if (article->block_count == 0)
        return job_fail(job, ERR_NO_TEXT, NULL);
    if (truncated)
        job_warn(job, "text_too_long", "body", "the text has more lines than are read; the rest was left out");
    struct line *lines = read_lines(job);
    if (!lines)
        return job_fail(job, ERR_DEADLINE, NULL);
    line_model_decide(job->knowledge->lines->model, job->arena, lines, article->blocks, article->block_count);
    cut_labels(job, lines);
    return ERR_NONE;
}

float *lines_rows(const struct job *job, size_t *width)
{
    const struct line *lines = read_lines(job);
    *width = LINE_FEATURE_COUNT + ROLE_COUNT;
    float *rows = arena_alloc(job->arena, job->article.block_count * *width * sizeof *rows);
    for (uint32_t i = 0; i < job->article.block_count; i++) {
        memcpy(rows + i * *width, lines[i].features, sizeof lines[i].features);
        memcpy(rows + i * *width + LINE_FEATURE_COUNT, lines[i].cues.weight, sizeof lines[i].cues.weight);
    }
    return rows;
}

const char *lines_row_name(size_t column)
{
    static const char *const names[] = {
#define X(enumerator, text) text,
        LINE_FEATURE_TABLE(X)
#undef X
    };
    return column < LINE_FEATURE_COUNT ? names[column] : role_name((enum block_role)(column - LINE_FEATURE_COUNT));
}
