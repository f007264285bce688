/* Marked content: which tag a part of the page belongs to, and what it says.
 *
 * Furniture is an artifact where the edition has such. Marked content and text
 * objects must nest: that of a tag encloses whole text objects, a span with
 * /ActualText lies within one. */
#include "pdf/content.h"
#include "pdf/number.h"

void pk_pdf_mark_end(pk_pdf_content *content) {
  if (!content->has_tag) return;
  pk_pdf_content_text(content, false);
  g_string_append(content->out, "EMC\n");
  content->has_tag = false;
}

void pk_pdf_mark_tag(pk_pdf_content *content, uint32_t tag) {
  if (!content->file->traits->has_artifacts || (content->has_tag && content->tag == tag)) return;
  pk_pdf_mark_end(content);
  content->tag = tag;
  if (tag != 0) return; /* content without a structure tree stands unmarked */
  pk_pdf_content_text(content, false);
  g_string_append(content->out, "/Artifact BMC\n");
  content->has_tag = true;
}

void pk_pdf_mark_span(pk_pdf_content *content, const char *text, size_t size) {
  g_string_append(content->out, "/Span<</ActualText");
  pk_pdf_put_text(content->out, text, size);
  g_string_append(content->out, ">>BDC\n");
}

void pk_pdf_mark_span_end(pk_pdf_content *content) {
  g_string_append(content->out, "EMC\n");
}
