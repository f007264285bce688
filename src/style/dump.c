/* `--dump=style`: every unit with its style, a line each. */
#include "style/style.h"

static const char *const role_names[PK_ROLE_COUNT] = {
    "release",       "kicker",      "headline",  "subhead",   "byline",   "paragraph", "heading",    "quote",
    "pull-quote",    "attribution", "item",      "contents",  "table",    "figure",    "caption",    "credit",
    "table-caption", "table-note",  "code",      "break",     "end-mark", "published", "note",       "label",
    "boilerplate",   "contact",     "recipient", "reference", "closing",  "signature", "enclosures",
};

static void dump_style(const pk_document *document, const pk_style *style, GString *out) {
  static const char *const aligns[] = {"justify", "left", "right", "center"};
  g_string_append_printf(out, "%s: \"%s\" %d%s %.4g/%.4g pt, %s", style->name, style->families, style->weight,
                         style->italic ? " italic" : "", style->size, style->leading, aligns[style->align]);
  if (style->hyphenate) g_string_append(out, ", hyphenate");
  if (style->indent > 0) g_string_append_printf(out, ", indent %.4g", style->indent);
  if (style->left > 0 || style->right > 0) g_string_append_printf(out, ", inset %.4g %.4g", style->left, style->right);
  g_string_append_printf(out, ", space %.4g %.4g, ink %s\n", style->before, style->after,
                         document->inks[style->ink].name);
}

static void dump_text(const pk_styled_text *text, GString *out) {
  g_string_append_c(out, '"');
  for (size_t i = 0; i < text->run_count; i++) {
    const pk_style_run *run = &text->runs[i];
    bool is_marked = run->style != text->style || run->href;
    if (is_marked)
      g_string_append_printf(out, "[%s%s%s: ", run->style->name, run->href ? " " : "", run->href ? run->href : "");
    for (uint32_t at = run->start; at < run->end; at++) {
      if (text->text[at] == '\n')
        g_string_append(out, "\\n");
      else
        g_string_append_c(out, text->text[at]);
    }
    if (is_marked) g_string_append_c(out, ']');
  }
  g_string_append(out, "\"");
}

void pk_style_dump(const pk_document *document, GString *out) {
  g_string_append_printf(out, "document %s, grid %.4g pt\n", pk_lang_tag(document->lang), document->layout->leading);
  g_string_append(out, "styles\n");
  for (size_t i = 0; i < document->layout->style_count; i++) {
    g_string_append(out, "  ");
    dump_style(document, document->styles[i], out);
  }
  g_string_append(out, "units\n");
  for (size_t i = 0; i < document->unit_count; i++) {
    const pk_unit_block *unit = &document->units[i];
    g_string_append_printf(out, "  %s [%s]", role_names[unit->role], unit->style->name);
    if (unit->level) g_string_append_printf(out, " level %d", unit->level);
    if (unit->group) g_string_append_printf(out, " group %d", unit->group);
    if (unit->marker) g_string_append_printf(out, " marker \"%s\"", unit->marker);
    if (unit->table) g_string_append_printf(out, " table %zux%zu", unit->table->rows, unit->table->columns);
    if (unit->text.size) {
      g_string_append_c(out, ' ');
      dump_text(&unit->text, out);
    }
    g_string_append_c(out, '\n');
  }
}
