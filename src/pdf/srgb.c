/* The output intent of the editions for a screen: what their RGB means.
 *
 * The profile is lcms2's own sRGB. What differs from run to run in it, the date
 * of its making (ICC.1:2010, 7.2.8), is set to a fixed one. */
#include <lcms2.h>
#include <string.h>

#include "pdf/page.h"

enum { DATE_AT = 24 };

/* 1 January 2000, as six big-endian numbers of 16 bits. */
static const uint8_t profile_date[12] = {2000 >> 8, 2000 & 0xFF, 0, 1, 0, 1};

/* The bytes of the profile; free with g_free(). */
static uint8_t *make_profile(cmsUInt32Number *size) {
  cmsHPROFILE profile = cmsCreate_sRGBProfile();
  *size = 0;
  cmsSaveProfileToMem(profile, NULL, size);
  uint8_t *bytes = g_malloc(MAX(*size, DATE_AT + sizeof profile_date));
  cmsSaveProfileToMem(profile, bytes, size);
  cmsCloseProfile(profile);
  memcpy(bytes + DATE_AT, profile_date, sizeof profile_date);
  return bytes;
}

void pk_pdf_srgb_set(pk_pdf_file *file) {
  cmsUInt32Number size;
  g_autofree uint8_t *bytes = make_profile(&size);
  qpdf_oh intents = qpdf_oh_new_array(file->qpdf), root = qpdf_get_root(file->qpdf);
  qpdf_oh intent = pk_pdf_parse(file, "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                                      "/RegistryName(http://www.color.org)/Info(sRGB IEC61966-2.1)>>");
  pk_pdf_set(file, intent, "/DestOutputProfile", pk_pdf_stream(file, "<</N 3>>", bytes, size));
  pk_pdf_append(file, intents, pk_pdf_indirect(file, intent));
  pk_pdf_set(file, root, "/OutputIntents", intents);
  pk_pdf_release(file, root);
}
