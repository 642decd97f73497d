#include "service/trace.h"

#include <stdio.h>

#include "service/reply.h"

/* "00-" 32 digits "-" 16 digits "-" 2 digits (3.2) */
#define TRACE_AT 3
#define SPAN_AT 36
#define FLAGS_AT 53
#define LENGTH 55

/* Lower case only; zero where all are zeros. */
static bool is_hex(struct slice text, bool *zero)
{
    *zero = true;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))
            return false;
        *zero &= text.ptr[i] == '0';
    }
    return true;
}

/* Version 00 has this length; later ones may go on behind a hyphen, and ff is none (3.2.2.1, 4.3). */
static bool is_well_formed(struct slice text)
{
    bool zero, no_trace, no_span;
    if (text.len < LENGTH || text.ptr[2] != '-' || text.ptr[SPAN_AT - 1] != '-' || text.ptr[FLAGS_AT - 1] != '-')
        return false;
    struct slice version = slice_sub(text, 0, 2);
    if (!is_hex(version, &zero) || slice_equals(version, SLICE("ff")))
        return false;
    if (text.len > LENGTH && (zero || text.ptr[LENGTH] != '-'))
        return false;
    return is_hex(slice_sub(text, TRACE_AT, SPAN_AT - 1), &no_trace) && !no_trace &&
           is_hex(slice_sub(text, SPAN_AT, FLAGS_AT - 1), &no_span) && !no_span &&
           is_hex(slice_sub(text, FLAGS_AT, LENGTH), &zero);
}

struct trace trace_begin(struct slice traceparent)
{
    struct trace trace = {0};
    char room[REQUEST_ID_MAX];
    if (!is_well_formed(traceparent))
        return trace;
    struct slice span = request_id_make(room), flags = slice_sub(traceparent, FLAGS_AT, LENGTH);
    snprintf(trace.trace_id, sizeof trace.trace_id, "%.*s", SLICE_ARG(slice_sub(traceparent, TRACE_AT, SPAN_AT - 1)));
    snprintf(trace.span_id, sizeof trace.span_id, "%.*s", SLICE_ARG(span));
    snprintf(trace.parent, sizeof trace.parent, "00-%s-%s-%.*s", trace.trace_id, trace.span_id, SLICE_ARG(flags));
    return trace;
}
