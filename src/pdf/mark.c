/* Marked content: which tag a part of the page belongs to, and what it says.
 *
 * Where the file is tagged, all of a page is marked, as content of a tag or as an
 * artifact. Marked content and text objects must nest: that of text lies within
 * one, that of pictures and rules outside.
 *
 * A span with /ActualText is content of its tag in its own right, beside what comes
 * before and after it, and not within: poppler takes the end of an inner span for
 * that of the outer one (22.12, MarkedContentOutputDev) and misses what follows. */
#include "pdf/content.h"
#include "pdf/number.h"

/* Tells the structure of a stretch of content; its number on the page. */
static int mark_content(pk_pdf_content *content, const pk_draw *draw) {
  uint32_t number = (uint32_t)(draw - content->of->draws);
  g_array_append_val(content->marks, number);
  return pk_pdf_structure_mark(content->structure, draw, content->page);
}

void pk_pdf_mark_end(pk_pdf_content *content) {
  if (content->has_tag) g_string_append(content->out, "EMC\n");
  content->has_tag = false;
}

static bool is_open(const pk_pdf_content *content, const pk_draw *draw) {
  return content->has_tag && content->tag == draw->tag && (draw->tag || content->artifact == draw->artifact) &&
         content->is_in_text == (draw->kind == PK_DRAW_GLYPHS);
}

void pk_pdf_mark_leave(pk_pdf_content *content, const pk_draw *draw) {
  if (!is_open(content, draw)) pk_pdf_mark_end(content);
}

void pk_pdf_mark_draw(pk_pdf_content *content, const pk_draw *draw) {
  static const char *const artifacts[] = {
      [PK_ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
      [PK_ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
      [PK_ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
      [PK_ARTIFACT_PAGE] = "/Artifact<</Type/Page>>BDC\n",
  };
  if (!content->structure || is_open(content, draw)) return;
  pk_pdf_mark_end(content);
  pk_pdf_content_text(content, draw->kind == PK_DRAW_GLYPHS);
  content->tag = draw->tag;
  content->artifact = draw->artifact;
  content->has_tag = true;
  if (!draw->tag) {
    g_string_append(content->out, artifacts[draw->artifact]);
    return;
  }
  const char *name = pk_tag_name(&content->file->list->tags[draw->tag]);
  int number = mark_content(content, draw);
  g_string_append_printf(content->out, "/%s<</MCID %d>>BDC\n", name, number);
}

void pk_pdf_mark_span(pk_pdf_content *content, const pk_draw *draw, const char *text, size_t size) {
  bool is_content = content->structure && draw->tag;
  if (is_content)
    pk_pdf_mark_end(content);
  else
    pk_pdf_mark_draw(content, draw);
  g_string_append(content->out, "/Span<<");
  if (is_content) g_string_append_printf(content->out, "/MCID %d", mark_content(content, draw));
  g_string_append(content->out, "/ActualText");
  pk_pdf_put_text(content->out, text, size);
  g_string_append(content->out, ">>BDC\n");
}

void pk_pdf_mark_span_end(pk_pdf_content *content) {
  g_string_append(content->out, "EMC\n");
}
