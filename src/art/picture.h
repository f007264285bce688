/* What a pk_art is, for the files of art/ only. */
#ifndef PK_ART_PICTURE_H
#define PK_ART_PICTURE_H

#include "art/art.h"
#include "art/colour.h"
#include "art/raster.h"
#include "art/svg.h"
#include "reader/reader.h"

struct pk_art_store {
  GHashTable *arts;          /* path -> pk_art */
  pk_conversion *conversion; /* of `profile_path`, the one last asked for */
  char *profile_path;
  bool is_perceptual;
};

/* What is made from a picture when an output first asks for it. */
typedef struct {
  pk_svg *svg;              /* an SVG, parsed */
  cairo_surface_t *surface; /* a raster, upright */
  unsigned shrink;          /* how many pixels of the picture went into one of it, along a side */
  const pk_art_image *image;
  const char *image_made_for; /* colours and place, in one text */
  const uint8_t *pdf;         /* an SVG as Cairo writes it */
  size_t pdf_size;
  const char *mapped_for; /* the colours that the next are for; NULL: there are none */
  const uint8_t *mapped;  /* or NULL: it has to become a picture */
  size_t mapped_size;
  GPtrArray *spots;         /* names of plates that `mapped` prints on */
  const char *screened_for; /* likewise */
  const uint8_t *screened;  /* a PDF as a screen shows it, as the painter takes it */
  size_t screened_size;
  const uint8_t *redrawn; /* that as the painter draws it, a PDF again */
  size_t redrawn_size;
} pk_art_cache;

struct pk_art {
  pk_art_kind kind;
  const char *path;
  pk_span span; /* where it was named first */
  GBytes *bytes;
  pk_length width, height; /* natural size, upright */
  pk_raster_head head;     /* of a raster; as stored */
  const pk_reader *reader; /* of a PDF */
  size_t page;             /* of that, from 0 */
  pk_art_store *store;
  pk_art_cache *cache;
};

static inline const uint8_t *pk_art_data(const pk_art *art, size_t *size) {
  return g_bytes_get_data(art->bytes, size);
}

/* Checks an SVG and finds its size; a fault is told at its span. */
pk_status pk_art_open_svg(pk_job *job, pk_art *art);

/* An SVG, parsed when it is first asked for. NULL, with the problem, if it cannot be. */
pk_svg *pk_art_svg(pk_job *job, const pk_art *art, pk_problem *problem);

/* The file's name without its folder, for messages. */
const char *pk_art_name(const pk_art *art);

/* Decodes a raster at 1/`denominator` (JPEG only; PNG comes whole), as stored.
 * Damage is told at the picture's span. Drop `*out` on PK_OK. */
pk_status pk_art_decode(pk_job *job, const pk_art *art, unsigned denominator, pk_raster *out);

/* Tells at the picture's span why it cannot be read: PK_FAILED; and, if there is a
 * text, of a flaw that was survived. */
pk_status pk_art_tell_problem(pk_job *job, const pk_art *art, const pk_problem *problem);
void pk_art_warn_damage(pk_job *job, const pk_art *art, const pk_problem *problem);

/* Vector art as CMYK pixels with their opacity, as many as its place needs. Drop
 * `*out` on PK_OK. */
pk_status pk_art_paint_inks(pk_job *job, const pk_art *art, const pk_art_colours *colours, const pk_art_place *place,
                            pk_raster *out);

/* The key of what is made of a picture, by its bytes, those of the profile, and all that
 * is asked for. False if there is no such profile. */
bool pk_art_key(const pk_art *art, const pk_art_colours *colours, const pk_art_place *place, const char *what,
                pk_digest *key);

/* Draws a PDF as a screen shows it. */
pk_status pk_art_paint_pdf(pk_job *job, const pk_art *art, const pk_art_colours *colours, cairo_t *cairo,
                           pk_length width, pk_length height);

/* The conversion of `colours`, kept in the store. NULL with a diagnostic if the
 * profile cannot serve. */
pk_conversion *pk_art_conversion(pk_job *job, const pk_art *art, const pk_art_colours *colours);

/* The same for a mapper: what the store has of it, or NULL; and giving the store
 * what the mapper opened since. */
pk_conversion *pk_art_lent_conversion(const pk_art *art, const pk_art_colours *colours);
void pk_art_keep_conversion(const pk_art *art, pk_mapper *mapper);

/* Tells that the profile of `colours` cannot serve. */
void pk_art_tell_profile(pk_job *job, const pk_art_colours *colours, const pk_problem *problem);

/* Warns that the profile inside the picture was not understood. */
void pk_art_warn_profile(pk_job *job, const pk_art *art);

#endif
