/* Content streams, operator by operator. */
#ifndef PK_READER_TOKENS_H
#define PK_READER_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { PK_OPERAND_NUMBER, PK_OPERAND_NAME, PK_OPERAND_STRING, PK_OPERAND_OTHER } pk_operand_kind;

/* Arrays and dictionaries come flat: their members one after the other. Bytes are
 * valid during the call; a name is without its slash and ends in a NUL. */
typedef struct {
  pk_operand_kind kind;
  double number;
  const char *bytes;
  size_t size;
} pk_operand;

/* The operands that do not fit in are dropped: the first of them. */
enum { PK_OPERANDS_MAX = 4096 };

/* One operator with what stands before it. An inline picture is "BI", its dictionary
 * the operands. Places are bytes of the content. */
typedef struct {
  const char *name;
  const pk_operand *operands;
  size_t count;
  bool is_odd;           /* something stands among the operands that is no part of PDF */
  size_t start, at, end; /* of the first operand, of the operator, and what follows it */
  size_t data, data_end; /* of the picture's samples */
} pk_operation;

/* Takes one operator; false ends the reading. */
typedef bool (*pk_operator_fn)(void *data, const pk_operation *operation);

/* Reads `size` bytes of content. False if they are so broken that libqpdf gives up. */
bool pk_tokens_read(const char *content, size_t size, pk_operator_fn take, void *data);

#ifdef __cplusplus
}
#endif
#endif
