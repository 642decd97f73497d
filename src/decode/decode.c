/* The stage: bytes as they came -> UTF-8, and whether they are a page or text. */
#include "decode_internal.h"

#include "article/limits.h"
#include "base/utf8.h"

/* Letters beyond ASCII that must all be valid UTF-8 before it overrules what a page says of itself. Text in
 * another encoding passes for that many with a chance of one in a million (GBK) or less. */
#define CONVINCING_LETTERS 8u

/* A page that names UTF-8 and was saved in a single-byte encoding all the same: there are bytes beyond ASCII, and none
 * of them are UTF-8. A browser shows replacement characters; here whoever reads the answer would never see the letters.
 */
static bool is_never_utf8(struct slice bytes)
{
    size_t letters, broken = 0;
    for (size_t at = 0;; at++, broken++) {
        at += convert_ascii_prefix(slice_sub(bytes, at, bytes.len));
        if (at >= bytes.len)
            return broken > 0;
        convert_valid_prefix(slice_sub(bytes, at, at + UTF8_MAX_BYTES), &letters);
        if (letters) /* the first one tells */
            return false;
    }
}

/* BOM and header stand. Otherwise the bytes have a say, which the standard leaves to a browser where nobody
 * names an encoding: a page that was saved, or handed on as a string, has lost its header and has often been
 * made UTF-8 under a meta element that names something else. */
static const char *encoding_of(const struct job *job, bool is_page)
{
    const char *encoding = charset_named_outside(job->input, job->content_type);
    if (encoding)
        return encoding;
    if (is_page)
        encoding = charset_named_by_page(job->input);
    if (encoding && strcmp(encoding, "utf-8") == 0)
        return is_never_utf8(job->input) ? "windows-1252" : encoding;
    size_t letters, valid = convert_valid_prefix(job->input, &letters);
    size_t convincing = encoding ? CONVINCING_LETTERS : is_page; /* text in ASCII is UTF-8, a page windows-1252 */
    if (valid == job->input.len && letters >= convincing)
        return "utf-8";
    return encoding ? encoding : "windows-1252";
}

/* A browser shows nothing for a NUL in a page. */
static struct slice without_nuls(struct arena *arena, struct slice text)
{
    size_t at = slice_find_byte(text, '\0', 0);
    if (at == SLICE_NOT_FOUND)
        return text;
    char *out = arena_alloc(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != '\0')
            out[len++] = text.ptr[i];
    return slice_of(out, len);
}

static enum err refuse_binary(struct job *job, const char *kind)
{
    struct slice detail = arena_printf(job->arena, "The input is %s, not a page or text.", kind);
    return job_fail(job, ERR_UNDECODABLE, arena_cstr(job->arena, detail));
}

static enum err decode_as(struct job *job, bool is_page)
{
    const char *encoding = encoding_of(job, is_page);
    struct slice text = charset_decode(job->arena, job->input, encoding);
    if (slice_is_null(text) || strcmp(encoding, "replacement") == 0)
        return job_fail(job, ERR_UNDECODABLE, "The input is in an encoding that is not supported.");
    if (text.len > LIMIT_INPUT_BYTES)
        return job_fail(job, ERR_BODY_TOO_LARGE, "The decoded input is larger than 64 MiB.");
    if (is_page)
        text = without_nuls(job->arena, text);
    if (slice_trim(text).len == 0)
        return job_fail(job, ERR_NO_TEXT, "The input is empty.");
    job->article.charset = encoding;
    if (is_page)
        job->input = text;
    else
        job->article.text = text;
    return ERR_NONE;
}

#define SNIFFED_BYTES 4096u

/* Neither the caller nor HTTP knows: the bytes tell. */
static enum input_kind sniff_kind(const struct job *job)
{
    if (slice_starts_nocase(slice_trim(job->content_type), SLICE("text/html")))
        return INPUT_HTML;
    struct slice start = slice_sub(job->input, 0, SNIFFED_BYTES);
    start = charset_decode(job->arena, start, encoding_of(job, true));
    return sniff_is_page(start) ? INPUT_HTML : INPUT_TEXT;
}

enum err decode_run(struct job *job)
{
    job->input_bytes = job->input.len;
    if (job->input.len > LIMIT_INPUT_BYTES)
        return job_fail(job, ERR_BODY_TOO_LARGE, "The input is larger than 64 MiB.");
    const char *binary = sniff_binary(job->input);
    if (binary)
        return refuse_binary(job, binary);
    if (job->kind == INPUT_SNIFF)
        job->kind = sniff_kind(job);
    return decode_as(job, job_is_page(job));
}
