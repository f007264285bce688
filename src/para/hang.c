/* Which characters hang in the margin, and how they look there.
 *
 * In:  a character and the edge it stands at. Out: its class. How far a class
 *      hangs is a matter of style; it is a share of the glyph's own width, so
 *      that it follows the font.
 *
 * The classes are those of microtype's protrusion tables (R Schlicht, "The
 * microtype package", 2004-): marks by how much white they leave, letters by
 * whether they are round or open at that side. */
#include "para/worker.h"

typedef struct {
  gunichar character;
  uint8_t left, right; /* pk_hang */
} hang_entry;

/* Ascending. */
static const hang_entry entries[] = {
    {'!', PK_HANG_NONE, PK_HANG_POINT},
    {'"', PK_HANG_QUOTE, PK_HANG_QUOTE},
    {'\'', PK_HANG_QUOTE, PK_HANG_QUOTE},
    {'(', PK_HANG_BRACKET, PK_HANG_NONE},
    {')', PK_HANG_NONE, PK_HANG_BRACKET},
    {',', PK_HANG_NONE, PK_HANG_STOP},
    {'-', PK_HANG_HYPHEN, PK_HANG_HYPHEN},
    {'.', PK_HANG_NONE, PK_HANG_STOP},
    {':', PK_HANG_NONE, PK_HANG_POINT},
    {';', PK_HANG_NONE, PK_HANG_POINT},
    {'?', PK_HANG_NONE, PK_HANG_POINT},
    {'A', PK_HANG_SLANT, PK_HANG_SLANT},
    {'C', PK_HANG_ROUND, PK_HANG_NONE},
    {'D', PK_HANG_NONE, PK_HANG_ROUND},
    {'F', PK_HANG_NONE, PK_HANG_SLANT},
    {'G', PK_HANG_ROUND, PK_HANG_NONE},
    {'J', PK_HANG_SLANT, PK_HANG_NONE},
    {'K', PK_HANG_NONE, PK_HANG_SLANT},
    {'L', PK_HANG_NONE, PK_HANG_SLANT},
    {'O', PK_HANG_ROUND, PK_HANG_ROUND},
    {'P', PK_HANG_NONE, PK_HANG_ROUND},
    {'Q', PK_HANG_ROUND, PK_HANG_ROUND},
    {'T', PK_HANG_SLANT, PK_HANG_SLANT},
    {'V', PK_HANG_SLANT, PK_HANG_SLANT},
    {'W', PK_HANG_SLANT, PK_HANG_SLANT},
    {'X', PK_HANG_SLANT, PK_HANG_SLANT},
    {'Y', PK_HANG_SLANT, PK_HANG_SLANT},
    {'[', PK_HANG_BRACKET, PK_HANG_NONE},
    {']', PK_HANG_NONE, PK_HANG_BRACKET},
    {'b', PK_HANG_NONE, PK_HANG_ROUND},
    {'c', PK_HANG_ROUND, PK_HANG_NONE},
    {'d', PK_HANG_ROUND, PK_HANG_NONE},
    {'e', PK_HANG_ROUND, PK_HANG_NONE},
    {'k', PK_HANG_NONE, PK_HANG_SLANT},
    {'o', PK_HANG_ROUND, PK_HANG_ROUND},
    {'p', PK_HANG_NONE, PK_HANG_ROUND},
    {'q', PK_HANG_ROUND, PK_HANG_NONE},
    {'r', PK_HANG_NONE, PK_HANG_SLANT},
    {'t', PK_HANG_NONE, PK_HANG_SLANT},
    {'v', PK_HANG_SLANT, PK_HANG_SLANT},
    {'w', PK_HANG_SLANT, PK_HANG_SLANT},
    {'x', PK_HANG_SLANT, PK_HANG_SLANT},
    {'y', PK_HANG_SLANT, PK_HANG_SLANT},
    {0xab, PK_HANG_QUOTE, PK_HANG_QUOTE},   /* « */
    {0xad, PK_HANG_NONE, PK_HANG_HYPHEN},   /* soft hyphen */
    {0xbb, PK_HANG_QUOTE, PK_HANG_QUOTE},   /* » */
    {0x106, PK_HANG_ROUND, PK_HANG_NONE},   /* Ć */
    {0x107, PK_HANG_ROUND, PK_HANG_NONE},   /* ć */
    {0x10c, PK_HANG_ROUND, PK_HANG_NONE},   /* Č */
    {0x10d, PK_HANG_ROUND, PK_HANG_NONE},   /* č */
    {0x111, PK_HANG_ROUND, PK_HANG_NONE},   /* đ */
    {0x402, PK_HANG_SLANT, PK_HANG_ROUND},  /* Ђ */
    {0x404, PK_HANG_ROUND, PK_HANG_NONE},   /* Є */
    {0x40b, PK_HANG_SLANT, PK_HANG_NONE},   /* Ћ */
    {0x410, PK_HANG_SLANT, PK_HANG_SLANT},  /* А */
    {0x412, PK_HANG_NONE, PK_HANG_ROUND},   /* В */
    {0x413, PK_HANG_NONE, PK_HANG_SLANT},   /* Г */
    {0x416, PK_HANG_SLANT, PK_HANG_SLANT},  /* Ж */
    {0x417, PK_HANG_NONE, PK_HANG_ROUND},   /* З */
    {0x41a, PK_HANG_NONE, PK_HANG_SLANT},   /* К */
    {0x41b, PK_HANG_SLANT, PK_HANG_NONE},   /* Л */
    {0x41e, PK_HANG_ROUND, PK_HANG_ROUND},  /* О */
    {0x420, PK_HANG_NONE, PK_HANG_ROUND},   /* Р */
    {0x421, PK_HANG_ROUND, PK_HANG_NONE},   /* С */
    {0x422, PK_HANG_SLANT, PK_HANG_SLANT},  /* Т */
    {0x423, PK_HANG_SLANT, PK_HANG_SLANT},  /* У */
    {0x424, PK_HANG_ROUND, PK_HANG_ROUND},  /* Ф */
    {0x425, PK_HANG_SLANT, PK_HANG_SLANT},  /* Х */
    {0x432, PK_HANG_NONE, PK_HANG_ROUND},   /* в */
    {0x433, PK_HANG_NONE, PK_HANG_SLANT},   /* г */
    {0x436, PK_HANG_SLANT, PK_HANG_SLANT},  /* ж */
    {0x437, PK_HANG_NONE, PK_HANG_ROUND},   /* з */
    {0x43a, PK_HANG_NONE, PK_HANG_SLANT},   /* к */
    {0x43b, PK_HANG_SLANT, PK_HANG_NONE},   /* л */
    {0x43e, PK_HANG_ROUND, PK_HANG_ROUND},  /* о */
    {0x440, PK_HANG_NONE, PK_HANG_ROUND},   /* р */
    {0x441, PK_HANG_ROUND, PK_HANG_NONE},   /* с */
    {0x442, PK_HANG_SLANT, PK_HANG_SLANT},  /* т */
    {0x443, PK_HANG_SLANT, PK_HANG_SLANT},  /* у */
    {0x444, PK_HANG_ROUND, PK_HANG_ROUND},  /* ф */
    {0x445, PK_HANG_SLANT, PK_HANG_SLANT},  /* х */
    {0x452, PK_HANG_NONE, PK_HANG_ROUND},   /* ђ */
    {0x2010, PK_HANG_HYPHEN, PK_HANG_HYPHEN},
    {0x2011, PK_HANG_HYPHEN, PK_HANG_HYPHEN},
    {0x2012, PK_HANG_DASH, PK_HANG_DASH},
    {0x2013, PK_HANG_DASH, PK_HANG_DASH},
    {0x2014, PK_HANG_DASH, PK_HANG_DASH},
    {0x2015, PK_HANG_DASH, PK_HANG_DASH},
    {0x2018, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x2019, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201a, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201b, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201c, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201d, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201e, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x201f, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x2026, PK_HANG_NONE, PK_HANG_STOP},
    {0x2039, PK_HANG_QUOTE, PK_HANG_QUOTE},
    {0x203a, PK_HANG_QUOTE, PK_HANG_QUOTE},
};

static const hang_entry *find(gunichar character) {
  size_t low = 0, high = G_N_ELEMENTS(entries);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (entries[middle].character == character) return &entries[middle];
    if (entries[middle].character < character)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

uint8_t pk_hang_left(gunichar character) {
  const hang_entry *entry = find(character);
  return entry ? entry->left : PK_HANG_NONE;
}

uint8_t pk_hang_right(gunichar character) {
  const hang_entry *entry = find(character);
  return entry ? entry->right : PK_HANG_NONE;
}
