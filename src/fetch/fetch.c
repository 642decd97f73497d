#include "fetch/fetch.h"

#include "base/media_type.h"
#include "fetch/fetcher.h"

enum err fetch_run(struct job *job)
{
    if (!job->fetcher)
        return job_fail(job, ERR_ADDRESS_NOT_ALLOWED, "fetching URLs is turned off here");
    struct fetch_request request = {.url = job->url, .deadline_ns = job->deadline_ns, .traceparent = job->traceparent};
    struct fetch_response response;
    enum err err = fetcher_get(job->fetcher, job->arena, &request, &response);
    job->fetched = response.fetched;
    if (err != ERR_NONE) {
        if (err == ERR_UPSTREAM_STATUS)
            job->upstream_status = response.status;
        return job_fail(job, err, response.detail.len ? response.detail.ptr : NULL); /* NUL-terminated */
    }
    if (media_type_is(response.content_type, "text/plain"))
        job->kind = INPUT_TEXT; /* the stages that follow read it as they read a text that was sent */
    job->input = response.body;
    job->content_type = response.content_type;
    if (response.final_url.len)
        job->url = response.final_url;
    return ERR_NONE;
}
