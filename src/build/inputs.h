/* The files that a render reads. Private to build/. */
#ifndef PK_BUILD_INPUTS_H
#define PK_BUILD_INPUTS_H

#include "article/article.h"
#include "build/engine.h"
#include "spec/book.h"

/* The path of the layout `name`, which is the name of one that comes with
 * presskit, or a path if it holds a slash or ends in .yaml. PK_FAILED with "did
 * you mean" if there is none of that name. Owned by the job's arena. */
pk_status pk_inputs_layout(presskit_engine *engine, pk_job *job, const char *name, const char **path);

/* The same of the printer profile `name`; NULL is the one that the edition
 * takes by itself. */
pk_status pk_inputs_printer(presskit_engine *engine, pk_job *job, const char *name, presskit_edition edition,
                            const char **path);

/* The name of the printer profile that an edition for paper takes by itself. */
const char *pk_inputs_usual_printer(presskit_edition edition);

/* The nearest office.yaml in the folder of `article` or above it, relative to
 * the current folder where it lies below that; NULL if there is none. Owned by
 * the arena. */
const char *pk_inputs_office(pk_arena *arena, const char *article);

/* When the document was made: $SOURCE_DATE_EPOCH, else `date` at midnight UTC,
 * else 0. PK_FAILED if the variable is no number. */
pk_status pk_inputs_timestamp(pk_job *job, const pk_date *date, int64_t *timestamp);

/* Reads an article or a book, or takes what other documents of the run have read alike:
 * rows that say the same in it share it. */
pk_status pk_inputs_article(pk_job *job, const char *path, const pk_article **out);
pk_status pk_inputs_book(pk_job *job, const char *path, const pk_book **out);

#endif
