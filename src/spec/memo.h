/* Things that the documents of a run would make alike, made once.
 *
 * A thing is asked for by a key of what is known beforehand to decide about it. What
 * else decides is learned while it is made: the fields of facts and rows that are filled
 * into it. Their names are kept under the key, and the thing under the key and what the
 * fields say. So nobody guesses whether a row changes something, and rows that say the
 * same share it.
 *
 * Always holds: what is shared is what the document would have made by itself, and is
 * frozen. What raised a diagnostic is not shared, so that each document tells its own. */
#ifndef PK_SPEC_MEMO_H
#define PK_SPEC_MEMO_H

#include "diag/diag.h"

typedef struct {
  const void *value; /* out */
  size_t size;       /* out: bytes that it keeps besides those of the job's arena */
  bool is_own;       /* out: it depends on something else of this document, and may not be shared */
} pk_memo_made;

/* Makes the thing of `data` with `job`, in its arena. May be called twice: once with a
 * job apart, whose arena all documents keep then, so that nothing in it may point into
 * another arena that it does not hold; and once with the document's own job. */
typedef pk_status pk_memo_make(pk_job *job, void *data, pk_memo_made *made);

/* The thing of `key`: shared, as long as the job's arena lives, or made by the job. What
 * was read for it is noted in job->inputs. Without a store in job->worker it is made. */
pk_status pk_memo(pk_job *job, pk_digest key, pk_memo_make *make, void *data, const void **out);

#endif
