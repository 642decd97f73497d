/* trace: whose work a request is part of (W3C Trace Context, level 1). A traceparent that is not well-formed counts as
 * none sent; none is begun here. tracestate is not passed on: it is for those who trace, not for the origins that
 * strangers name. */
#ifndef NEWSMETA_SERVICE_TRACE_H
#define NEWSMETA_SERVICE_TRACE_H

#include "base/slice.h"

struct trace {
    char trace_id[33]; /* "": the request is part of none */
    char span_id[17];  /* of this request */
    char parent[56];   /* the traceparent of what is asked for on its behalf */
};

/* `traceparent` is the field's value, null for none. */
struct trace trace_begin(struct slice traceparent);

/* The traceparent for those who are asked on the request's behalf; null for none. */
static inline struct slice trace_for_others(const struct trace *trace)
{
    return trace->parent[0] ? slice_from_cstr(trace->parent) : SLICE_NULL;
}

#endif
