/* The press profile of a job, and what is told about profiles.
 *
 * Always holds: a store keeps one conversion, that of the profile last asked
 * for, since a job has one output; opening another drops it. */
#include "art/picture.h"

void pk_art_tell_profile(pk_job *job, const pk_art_colours *colours, const pk_problem *problem) {
  pk_diag_hint(job->diag,
               pk_diag_add(job->diag, PK_CODE_PROFILE_UNUSABLE, PK_SPAN_NONE,
                           "the colour profile %s cannot be used: %s", colours->profile_path, problem->text),
               "name the ICC profile that the print shop gives out for its press and paper");
}

void pk_art_warn_profile(pk_job *job, const pk_art *art) {
  pk_diag_hint(
      job->diag,
      pk_diag_add(job->diag, PK_CODE_ART_PROFILE, art->span,
                  "the colour profile inside %s is damaged or of another kind; its colours are taken as they stand",
                  pk_art_name(art)),
      "save the picture again with the profile sRGB");
}

pk_conversion *pk_art_lent_conversion(const pk_art *art, const pk_art_colours *colours) {
  const pk_art_store *store = art->store;
  bool is_same = store->conversion && store->is_perceptual == colours->is_perceptual &&
                 g_strcmp0(store->profile_path, colours->profile_path) == 0;
  return is_same ? store->conversion : NULL;
}

void pk_art_keep_conversion(const pk_art *art, pk_mapper *mapper) {
  if (!mapper->owns_conversion) return;
  pk_art_store *store = art->store;
  pk_conversion_drop(store->conversion);
  g_free(store->profile_path);
  store->conversion = mapper->conversion;
  store->profile_path = g_strdup(mapper->colours->profile_path);
  store->is_perceptual = mapper->colours->is_perceptual;
  mapper->owns_conversion = false;
}

pk_conversion *pk_art_conversion(pk_job *job, const pk_art *art, const pk_art_colours *colours) {
  pk_conversion *lent = pk_art_lent_conversion(art, colours);
  if (lent) return lent;
  pk_mapper mapper = {.colours = colours};
  pk_mapper_conversion(&mapper);
  if (mapper.has_failed)
    pk_art_tell_profile(job, colours, &mapper.problem);
  else
    pk_art_keep_conversion(art, &mapper);
  pk_conversion *kept = mapper.has_failed ? NULL : mapper.conversion;
  pk_mapper_clear(&mapper);
  return kept;
}
