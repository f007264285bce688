/* Pull-quotes that repeat the text.
 *
 * What is compared is words alone: letters without their case, so that other
 * quotation marks, a full stop at the end or capitals make no difference. */
#include <string.h>

#include "tags/tree.h"

/* Appends " word word ": what stands between letters and digits is one space. */
static void append_words(GString *out, const char *text) {
  g_autofree char *folded = g_utf8_casefold(text, -1);
  for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
    gunichar letter = g_utf8_get_char(at);
    if (g_unichar_isalnum(letter) || g_unichar_ismark(letter))
      g_string_append_unichar(out, letter);
    else if (letter != 0xAD && (!out->len || out->str[out->len - 1] != ' '))
      g_string_append_c(out, ' ');
  }
  if (!out->len || out->str[out->len - 1] != ' ') g_string_append_c(out, ' ');
}

static bool is_text(pk_role role) {
  return role == PK_ROLE_PARAGRAPH || role == PK_ROLE_QUOTE || role == PK_ROLE_ITEM || role == PK_ROLE_BOILERPLATE;
}

static char *body_words(const pk_document *document) {
  GString *words = g_string_new(" ");
  for (size_t i = 0; i < document->unit_count; i++)
    if (is_text(document->units[i].role)) append_words(words, document->units[i].text.text);
  return g_string_free(words, FALSE);
}

bool pk_tags_is_repeat(pk_tag_tree *tree, const pk_unit_block *pull_quote) {
  g_autoptr(GString) words = g_string_new(" ");
  append_words(words, pull_quote->text.text);
  if (words->len < 3) return false;
  if (!tree->body) tree->body = body_words(tree->document);
  return strstr(tree->body, words->str) != NULL;
}
