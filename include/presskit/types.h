/* Types that every part of presskit and its callers share. */
#ifndef PRESSKIT_TYPES_H
#define PRESSKIT_TYPES_H

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. Whatever is not PK_OK has already been told to the
 * diagnostics of the job, and the results of the call are untouched. */
typedef enum {
  PK_OK = 0,
  PK_FAILED = 1, /* the input has errors */
  PK_SYSTEM = 3, /* disk, memory or permission */
} pk_status;

/* How grave a diagnostic is. */
typedef enum {
  PK_NOTE,
  PK_WARNING,
  PK_ERROR,
} pk_severity;

#ifdef __cplusplus
}
#endif
#endif
