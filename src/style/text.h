/* Rich text of the article -> styled text. Private to style/. */
#ifndef PK_STYLE_TEXT_H
#define PK_STYLE_TEXT_H

#include "style/resolve.h"

/* A text being put together from pieces. Start it with zeroes and a style. */
typedef struct {
  pk_cascade *cascade;
  const pk_style *style;
  pk_lang lang;
  GString *text;
  GArray *runs; /* of pk_style_run */
} pk_text_builder;

void pk_text_builder_open(pk_text_builder *builder, pk_cascade *cascade, const pk_style *style);

/* Appends a text of presskit's own, or of front matter, in one style. Straight
 * quotes are set as the language's own if the layout says so. */
void pk_text_builder_plain(pk_text_builder *builder, const char *text, const pk_style *style, const char *href,
                           pk_span source);

/* Appends rich text of the article. */
void pk_text_builder_rich(pk_text_builder *builder, const pk_rich_text *text);

/* Makes the first `size` bytes strong, if they look as the rest does. */
void pk_text_builder_strengthen(pk_text_builder *builder, uint32_t size);

/* Marks what was appended so far as a heading that the rest runs in after. */
void pk_text_builder_mark_run_in(pk_text_builder *builder);

/* The text, owned by the job's arena; the builder is empty after it. */
pk_styled_text pk_text_builder_close(pk_text_builder *builder);

#endif
