/* Inks written as a list of four numbers. */
#include "spec/values.h"

bool pk_value_read_cmyk(pk_job *job, const pk_field *field, const pk_node *node, void *target) {
  if (node->kind != PK_NODE_SEQUENCE) return pk_field_wrong_type(job, field, node, "a list of four numbers");
  if (node->item_count != 4) {
    pk_diag_add(job->diag, PK_CODE_WRONG_TYPE, node->span, "'%s' takes four numbers, not %zu", field->name,
                node->item_count);
    return false;
  }
  double *cmyk = pk_value_at(target, field->at);
  bool is_fine = true;
  for (size_t i = 0; i < 4; i++) {
    pk_field part = {.name = field->name, .type = PK_FIELD_NUMBER, .at = field->at + i * sizeof(double), .max = 100};
    if (!pk_field_read_value(job, &part, node->items[i], target)) is_fine = false;
    cmyk[i] /= 100;
  }
  return is_fine;
}
