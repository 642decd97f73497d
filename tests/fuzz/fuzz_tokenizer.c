/* Fuzzes the tokenizer: the first byte chooses the state, the rest is the page. Beyond what the sanitizers
 * see: tokens come in the order of the input, text is valid UTF-8 if the input is, and their number and
 * size stay within the input's. */
#include "article/limits.h"
#include "base/utf8.h"
#include "fuzz_support.h"
#include "page/tokenizer.h"

#define STATES 6u
#define FOREIGN 0x80u
#define OWN_CHOICE 0x40u /* start in the data state and let the tokenizer switch by itself */

static void check_slice(struct slice s, bool valid)
{
    require(slice_is_null(s) ? s.len == 0 : true);
    if (valid)
        require(utf8_is_valid(s));
}

static void check_token(const struct html_token *token, struct slice html, bool valid)
{
    check_slice(token->text, valid);
    check_slice(token->name, valid);
    check_slice(token->public_id, valid);
    check_slice(token->system_id, valid);
    require(token->offset < html.len);
    require(token->attribute_count <= LIMIT_ATTRIBUTES);
    for (size_t i = 0; i < token->attribute_count; i++) {
        require(token->attributes[i].name.len > 0);
        check_slice(token->attributes[i].name, valid);
        check_slice(token->attributes[i].value, valid);
    }
    require(token->kind != HTML_TEXT || token->text.len > 0);
}

static struct tokenizer *make_tokenizer(struct arena *arena, struct slice html, unsigned choice)
{
    static const char *const last_start_tags[STATES] = {"", "title", "style", "script", "plaintext", ""};
    struct tokenizer *tokenizer = tokenizer_create(arena, html);
    unsigned state = choice % STATES;
    if (!(choice & OWN_CHOICE))
        tokenizer_set_state(tokenizer, (enum tokenizer_state)state, slice_from_cstr(last_start_tags[state]));
    tokenizer_set_foreign(tokenizer, (choice & FOREIGN) != 0);
    return tokenizer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct slice html = slice_of((const char *)data + 1, size - 1);
    bool valid = utf8_is_valid(html);
    struct arena *arena = arena_create();
    struct tokenizer *tokenizer = make_tokenizer(arena, html, data[0]);
    struct html_token token;
    size_t last = 0, count = 0, text = 0;
    while (tokenizer_next(tokenizer, &token)) {
        check_token(&token, html, valid);
        require(count++ == 0 || token.offset > last);
        last = token.offset;
        text += token.text.len;
    }
    require(count <= html.len && text <= 3 * html.len);
    struct slice decoded = html_decode_references(arena, html);
    require(!valid || utf8_is_valid(decoded));
    arena_destroy(arena);
    return 0;
}
