/* Fuzzes decoding: the first byte chooses the kind of input and whether a header names an encoding, the
 * rest are the bytes. Whatever comes in, valid UTF-8 comes out, or a refusal. */
#include "base/utf8.h"
#include "decode/charset.h"
#include "fuzz_support.h"

static const char *const headers[] = {
    NULL,      "text/html; charset=utf-8", "text/html;charset=gb2312", "text/html;charset=big5", "text/plain; charset=shift_jis",
    "charset=euc-jp", "charset=iso-2022-jp", "charset=euc-kr", "charset=utf-16", "charset=utf-16be", "charset=windows-1251",
    "charset=windows-874", "charset=koi8-u", "charset=x-user-defined", "charset=hz", "charset=mac",
};

#define KINDS 3u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum input_kind kinds[KINDS] = {INPUT_HTML, INPUT_TEXT, INPUT_SNIFF};
    if (size < 1)
        return 0;
    struct arena *arena = arena_create();
    struct job job = {.arena = arena, .kind = kinds[data[0] / 16 % KINDS]};
    job.input = slice_of((const char *)data + 1, size - 1);
    job.content_type = slice_from_cstr(headers[data[0] % 16]);
    if (decode_run(&job) == ERR_NONE) {
        require(job.kind != INPUT_SNIFF && job.article.charset != NULL);
        struct slice text = job_is_page(&job) ? job.input : job.article.text;
        require(text.len > 0 && text.len <= 3 * size && utf8_is_valid(text));
    } else {
        require(job.err != ERR_NONE && job.detail.len > 0);
    }
    arena_destroy(arena);
    return 0;
}
