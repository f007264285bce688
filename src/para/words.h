/* The store of shaped words. Private to para/. */
#ifndef PK_PARA_WORDS_H
#define PK_PARA_WORDS_H

#include "para/worker.h"

pk_word_store *pk_word_store_new(void);
pk_word_store *pk_word_store_keep(pk_word_store *store);
void pk_word_store_drop(pk_word_store *store);

/* Whether it has grown beyond what a worker should keep: for the job at hand, or for the next one. */
bool pk_word_store_is_full(const pk_word_store *store, bool is_next_job);

#endif
