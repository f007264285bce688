/* Named destinations: places that links lead to, from inside or outside. */
#include "pdf/page.h"

qpdf_oh pk_pdf_name_tree(pk_pdf_file *file, qpdf_oh pairs) {
  qpdf_oh tree = qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set(file, tree, "/Names", pairs);
  return pk_pdf_indirect(file, tree);
}

void pk_pdf_names_add(pk_pdf_file *file, const char *key, qpdf_oh pairs) {
  qpdf_oh root = qpdf_get_root(file->qpdf);
  qpdf_oh names = qpdf_oh_has_key(file->qpdf, root, "/Names") ? qpdf_oh_get_key(file->qpdf, root, "/Names")
                                                              : qpdf_oh_new_dictionary(file->qpdf);
  pk_pdf_set(file, names, key, pk_pdf_name_tree(file, pairs));
  pk_pdf_set(file, root, "/Names", names);
  pk_pdf_release(file, root);
}

qpdf_oh pk_pdf_destination(pk_pdf_file *file, qpdf_oh page, pk_length y) {
  pk_length left, top;
  pk_pdf_box_origin(file, &left, &top);
  qpdf_oh array = qpdf_oh_new_array(file->qpdf);
  qpdf_oh_append_item(file->qpdf, array, page);
  pk_pdf_append(file, array, qpdf_oh_new_name(file->qpdf, "/XYZ"));
  pk_pdf_append(file, array, qpdf_oh_new_null(file->qpdf));
  pk_pdf_append(file, array, qpdf_oh_new_real_from_double(file->qpdf, top - y, 2));
  pk_pdf_append(file, array, qpdf_oh_new_null(file->qpdf));
  return array;
}

void pk_pdf_names_set(pk_pdf_file *file, const qpdf_oh *pages, const size_t *numbers, size_t count) {
  const pk_list *list = file->list;
  g_autofree qpdf_oh *by_number = g_new0(qpdf_oh, MAX(list->page_count, 1));
  for (size_t i = 0; i < count; i++)
    if (numbers[i] < list->page_count) by_number[numbers[i]] = pages[i]; /* else a blank one */
  qpdf_oh pairs = 0;
  for (size_t i = 0; i < list->destination_count; i++) {
    const pk_destination *place = &list->destinations[i];
    if (!by_number[place->page]) continue;
    if (!pairs) pairs = qpdf_oh_new_array(file->qpdf);
    pk_pdf_append(file, pairs, qpdf_oh_new_string(file->qpdf, place->name));
    pk_pdf_append(file, pairs, pk_pdf_destination(file, by_number[place->page], place->y));
  }
  if (!pairs) return;
  pk_pdf_names_add(file, "/Dests", pairs);
}
