#include "body_text.h"

#include "base/utf8.h"

/* Text with runs of white space counts words by them; scripts without word spaces by character. */
static uint32_t count_words(struct slice s)
{
    uint32_t words = 0;
    bool inside = false;
    for (size_t at = 0, taken; at < s.len; at += taken) {
        uint32_t c = utf8_decode(s, at, &taken);
        if (inside && c < 0x80 && c != ' ' && !utf8_is_space(c)) /* most of all characters */
            continue;
        if (utf8_is_cjk(c)) {
            words++;
            inside = false;
        } else if (utf8_is_space(c)) {
            inside = false;
        } else if (!inside && utf8_is_word(c)) {
            words++;
            inside = true;
        }
    }
    return words;
}

/* Line ends inside a block of raw text (hard wraps) become blanks. Blocks of a page hold none, so that
 * their text keeps its length and spans can be moved by an offset. */
static size_t copy_block(char *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.ptr[i] == '\n' || text.ptr[i] == '\r' ? ' ' : text.ptr[i];
    return text.len;
}

struct body_text body_text_make(struct arena *arena, const struct article *article)
{
    struct body_text body = {.starts = arena_calloc(arena, article->block_count + 1, sizeof *body.starts)};
    char *out = arena_alloc(arena, article->text.len + 2 * (size_t)article->block_count + 1);
    size_t len = 0;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        struct slice text = block_text(article, block);
        bool prose = role_is_prose(block->role);
        if (prose && len) {
            out[len++] = '\n';
            out[len++] = '\n';
        }
        body.starts[i] = (uint32_t)len;
        if (!prose)
            continue;
        len += copy_block(out + len, text);
        body.paragraphs++;
        body.words += count_words(text);
    }
    body.text = slice_of(out, len);
    return body;
}

uint32_t body_text_block_at(const struct article *article, uint32_t at)
{
    uint32_t low = 0, high = article->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (article->blocks[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < article->block_count && article->blocks[low].span.start <= at ? low : NO_BLOCK;
}
