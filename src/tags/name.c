/* Names of headings, for links from outside: "file.pdf#first-steps". In a book they
 * begin with that of their part: "02-bridge.first-steps". */
#include "tags/tree.h"

enum { NAME_LONGEST = 60 /* letters */ };

/* Letters that have no decomposition into a letter of English and a mark. */
static const char *plain(gunichar letter) {
  switch (letter) {
  case 0x111: return "dj";
  case 0xE6: return "ae";
  case 0xF8: return "o";
  case 0xDF: return "ss";
  case 0x142: return "l";
  default: return NULL;
  }
}

static void append_letter(GString *name, gunichar letter) {
  gunichar parts[4] = {0};
  if (plain(letter)) {
    g_string_append(name, plain(letter));
    return;
  }
  g_unichar_fully_decompose(letter, FALSE, parts, G_N_ELEMENTS(parts));
  if (parts[0] < 0x80 && g_ascii_isalnum((char)parts[0]))
    g_string_append_c(name, (char)parts[0]);
  else if (name->len && name->str[name->len - 1] != '-' && !g_unichar_ismark(letter))
    g_string_append_c(name, '-');
}

static const pk_book_part *part_of(const pk_tag_tree *tree) {
  const pk_document *document = tree->document;
  return document->member_count ? document->members[tree->member].part : document->part;
}

const char *pk_tags_name(pk_tag_tree *tree, const char *words) {
  pk_arena *arena = tree->job->arena;
  const char *latin = pk_language_convert(arena, PK_LANG_SR_LATN, words);
  g_autofree char *lower = g_utf8_strdown(latin, -1);
  g_autoptr(GString) name = g_string_new(NULL);
  for (const char *at = lower; *at && name->len < NAME_LONGEST; at = g_utf8_next_char(at))
    append_letter(name, g_utf8_get_char(at));
  while (name->len && name->str[name->len - 1] == '-') g_string_truncate(name, name->len - 1);
  if (!name->len) g_string_assign(name, "part");
  const pk_book_part *part = part_of(tree);
  if (part) {
    g_string_prepend_c(name, '.');
    g_string_prepend(name, part->key);
  }
  const char *unique = pk_arena_strdup(arena, name->str);
  for (int n = 2; g_hash_table_contains(tree->names, unique); n++)
    unique = pk_arena_printf(arena, "%s-%d", name->str, n);
  g_hash_table_add(tree->names, (gpointer)unique);
  return unique;
}

const char *pk_tags_title_name(pk_tag_tree *tree, const char *words) {
  const pk_book_part *part = part_of(tree);
  if (!part || g_hash_table_contains(tree->names, part->key)) return pk_tags_name(tree, words);
  const char *key = pk_arena_strdup(tree->job->arena, part->key);
  g_hash_table_add(tree->names, (gpointer)key);
  return key;
}
