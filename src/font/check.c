/* Compares the families that a layout names with those that there are. */
#include <string.h>

#include "font/font.h"

static void name_missing(pk_job *job, const pk_font_role *role, const char *family, const char *used) {
  size_t count;
  const char *const *families = pk_font_set_families(job->worker->fonts, &count);
  pk_diagnostic *missing = pk_diag_add(job->diag, PK_CODE_FONT_FAMILY_MISSING, role->span,
                                       "there is no font family \"%s\"; \"%s\" is set in %s", family, role->role, used);
  const char *nearest = pk_diag_nearest(family, families, count);
  if (nearest)
    pk_diag_hint(job->diag, missing, "did you mean \"%s\"?", nearest);
  else
    pk_diag_hint(job->diag, missing,
                 "put its .ttf or .otf files into a fonts folder beside the layout, or take the "
                 "name out; `presskit list fonts` shows what there is");
}

static bool check_role(pk_job *job, const pk_font_role *role) {
  const pk_font_set *set = job->worker->fonts;
  const char *used = NULL;
  for (size_t i = 0; i < role->family_count && !used; i++)
    if (pk_font_set_has_family(set, role->families[i])) used = role->families[i];
  if (used) {
    for (size_t i = 0; i < role->family_count; i++)
      if (!pk_font_set_has_family(set, role->families[i])) name_missing(job, role, role->families[i], used);
    return true;
  }
  size_t count;
  const char *const *families = pk_font_set_families(set, &count);
  g_autofree char *asked = role->family_count ? g_strdup(role->families[0]) : g_strdup("");
  pk_diagnostic *missing =
      pk_diag_add(job->diag, PK_CODE_FONT_MISSING, role->span,
                  "none of the font families of \"%s\" exists (the first is \"%s\")", role->role, asked);
  const char *nearest = pk_diag_nearest(asked, families, count);
  if (nearest)
    pk_diag_hint(job->diag, missing, "did you mean \"%s\"?", nearest);
  else
    pk_diag_hint(job->diag, missing, "`presskit list fonts` shows the families that there are");
  return false;
}

pk_status pk_font_check(pk_job *job, const pk_layout *layout) {
  bool is_complete = true;
  for (size_t i = 0; i < layout->font_count; i++)
    if (!check_role(job, &layout->fonts[i])) is_complete = false;
  return is_complete ? PK_OK : PK_FAILED;
}
