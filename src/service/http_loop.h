/* http_loop: threads that drive libmicrohttpd. Each has a daemon of its own on the one listening socket and waits for
 * it with epoll, so that a connection that says nothing costs nothing.
 *
 * In every round a loop works on one short request (on a few where very many wait, or come: backlog.h), sends its
 * answer, reads all that has come and refuses what is too much: newcomers are looked at between any two requests, and
 * no thread has to be woken for a short one. Those that wait for their turn are not suspended (which costs three system
 * calls each): the library asks for their answer whenever it is run, oldest first.
 *
 * Why not the library's own threads (0.9.75): its poll loop looks at every open connection in every round (1,000
 * silent ones more than double what a request costs), and its epoll loop stalls when exactly 128 events are
 * ready, because it waits again before it serves them. Driven from outside it never waits. */
#ifndef NEWSMETA_SERVICE_HTTP_LOOP_H
#define NEWSMETA_SERVICE_HTTP_LOOP_H

#include "service/service.h"

struct http_loop;
struct http_loops;

/* Listens on the address of the settings and starts `http_threads` loops. NULL: *problem (static or strerror's)
 * says why not. */
struct http_loops *http_loops_start(struct service *service, const struct settings *settings, const char **problem);
/* The port that is listened on. */
int http_loops_port(const struct http_loops *loops);
/* No further connections; those that were made already are taken in, so that they can be told. Returns when
 * that is done. */
void http_loops_quiesce(struct http_loops *loops);
/* Ends the threads and closes all connections; none may be suspended. */
void http_loops_stop(struct http_loops *loops);
/* After the last call of http_loop_wake. NULL is allowed. */
void http_loops_destroy(struct http_loops *loops);

struct service *http_loop_service(const struct http_loop *loop);

/* On the loop's own thread: the library has something to say of a request. */
void http_loop_note_call(struct http_loop *loop);
/* The same: what waits for a turn there; is there one left; begins it where there is; ends it. */
struct backlog *http_loop_backlog(struct http_loop *loop);
bool http_loop_has_turn(const struct http_loop *loop);
bool http_loop_begin_turn(struct http_loop *loop);
void http_loop_end_turn(struct http_loop *loop);

/* To be called after MHD_resume_connection on another thread: the library's own signal is lost when it comes while
 * its loop is at work. Thread-safe. */
void http_loop_wake(struct http_loop *loop);

#endif
