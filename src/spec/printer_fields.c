/* The fields of a printer profile. */
#include "spec/tables.h"
#include "spec/values.h"

#define MM(value) ((value)*PK_PT_PER_MM)
#define PRINTER(member) PK_AT(pk_printer, member)
#define FLAT_TABLE(name_, doc_, fields_)                                                                               \
  { .name = name_, .doc = doc_, .fields = fields_, .count = G_N_ELEMENTS(fields_), .size = sizeof(pk_printer) }

static const char *const standard_names[] = {"PDF/X-4", "PDF/X-1a:2003", "PDF/X-3:2002", "none", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(standard_names) == PK_STANDARD_COUNT + 1);
static const char *const policy_names[] = {"convert", "keep", NULL};
static const char *const intent_names[] = {"relative", "perceptual", NULL};
static const char *const spot_names[] = {"keep", "convert", NULL};
static const char *const cover_names[] = {"together", "apart", "spread", NULL};
static const char *const multiple_names[] = {"refuse", "blank", NULL};
static const char *const duplex_names[] = {"none", "long-edge", "short-edge", NULL};

const char *pk_standard_name(pk_standard standard) {
  return standard_names[standard];
}

/* ---- output intent ------------------------------------------------------- */

static const pk_field intent_fields[] = {
    {"profile", PK_FIELD_STRING,
     "The ICC profile of the press and its paper: a file beside this one, or one of presskit's.",
     .at = PRINTER(profile), .span_at = PRINTER(profile_span), .fallback = "coated-fogra39.icc"},
    {"condition", PK_FIELD_STRING, "The registered name of the printing condition: FOGRA39.", .at = PRINTER(condition),
     .fallback_doc = "that of the profile"},
    {"info", PK_FIELD_STRING, "The printing condition in words.", .at = PRINTER(condition_info),
     .fallback_doc = "that of the profile"},
    {"registry", PK_FIELD_STRING, "Where the name is registered.", .at = PRINTER(registry),
     .fallback = "http://www.color.org"},
};

static const pk_fields intent_table =
    FLAT_TABLE("output-intent", "The press, ink and paper that the colours are made for.", intent_fields);

/* ---- marks --------------------------------------------------------------- */

static const pk_field mark_fields[] = {
    {"crop", PK_FIELD_BOOL, "Lines at the corners where the sheet is cut.", .at = PRINTER(marks.crop),
     .fallback = "false"},
    {"bleed", PK_FIELD_BOOL, "Lines at the corners where the bleed ends.", .at = PRINTER(marks.bleed),
     .fallback = "false"},
    {"registration", PK_FIELD_BOOL, "Targets by which the plates are laid over each other.",
     .at = PRINTER(marks.registration), .fallback = "false"},
    {"fold", PK_FIELD_BOOL, "Dashed lines where the sheet is folded.", .at = PRINTER(marks.fold), .fallback = "false"},
    {"colour-bar", PK_FIELD_BOOL, "Patches of each ink, full and in steps of tint.", .at = PRINTER(marks.colour_bar),
     .fallback = "false"},
    {"slug", PK_FIELD_BOOL, "A line of text: file, date, profile, page.", .at = PRINTER(marks.slug),
     .fallback = "false"},
    {"distance", PK_FIELD_LENGTH, "From the end of the bleed to where marks begin.", .at = PRINTER(marks.distance),
     .min = 0, .max = MM(30), .fallback = "2mm"},
    {"length", PK_FIELD_LENGTH, "Of crop, bleed and fold marks.", .at = PRINTER(marks.length), .min = MM(1),
     .max = MM(30), .fallback = "5mm"},
    {"thickness", PK_FIELD_LENGTH, "Of the lines of all marks.", .at = PRINTER(marks.thickness), .min = 0.05, .max = 2,
     .fallback = "0.25pt"},
};

static const pk_fields mark_table =
    FLAT_TABLE("marks", "What is drawn around the page, in the colour of registration: on every plate.", mark_fields);

/* ---- black, smallest ----------------------------------------------------- */

static const pk_field black_fields[] = {
    {"overprint", PK_FIELD_BOOL, "Text and lines in black alone print over what lies under them.",
     .at = PRINTER(black.overprints), .fallback = "true"},
    {"rich", PK_FIELD_CUSTOM, "What areas are printed in that ask for rich black (`rich: true` of an ink).",
     .at = PRINTER(black.rich), .read = pk_value_read_cmyk, .fallback_doc = "black alone", .type_doc = "[c, m, y, k]",
     .schema = PK_CMYK_SCHEMA},
};

static const pk_fields black_table = FLAT_TABLE("black", "The rules for black.", black_fields);

#define SMALLEST(name_, doc_, member, fallback_)                                                                       \
  { name_, PK_FIELD_LENGTH, doc_, .at = PRINTER(smallest.member), .min = 0, .max = 100, .fallback = fallback_ }

static const pk_field smallest_fields[] = {
    SMALLEST("type", "Type in one ink.", type, "5pt"),
    SMALLEST("type-in-several-inks", "Type in more than one process ink, which may not fit over each other exactly.",
             type_in_several_inks, "8pt"),
    SMALLEST("type-reversed", "Type left white in an area.", type_reversed, "7pt"),
    SMALLEST("line", "The thinnest line.", line, "0.25pt"),
    SMALLEST("line-reversed", "The thinnest line left white in an area.", line_reversed, "0.5pt"),
};

static const pk_fields smallest_table =
    FLAT_TABLE("smallest", "The smallest type and the thinnest lines that print well.", smallest_fields);

/* ---- images -------------------------------------------------------------- */

#define RESOLUTION(name_, wanted_, least_)                                                                             \
  static const pk_field name_##_fields[] = {                                                                           \
      {"wanted", PK_FIELD_NUMBER, "Pixels to the inch that print well.", .at = PK_AT(pk_resolution, wanted),           \
       .min = 50, .max = 4800, .fallback = wanted_},                                                                   \
      {"least", PK_FIELD_NUMBER, "Fewer are an error.", .at = PK_AT(pk_resolution, least), .min = 36, .max = 4800,     \
       .fallback = least_},                                                                                            \
  };                                                                                                                   \
  static const pk_fields name_##_table = {.name = "resolution",                                                        \
                                          .doc = "Pixels to the inch at the size of print.",                           \
                                          .fields = name_##_fields,                                                    \
                                          .count = G_N_ELEMENTS(name_##_fields),                                       \
                                          .size = sizeof(pk_resolution)}

RESOLUTION(colour, "300", "200");
RESOLUTION(grey, "300", "200");
RESOLUTION(line, "1200", "600");

static const pk_field image_fields[] = {
    {"policy", PK_FIELD_ENUM, "Whether colours of pictures are converted to the press, or kept with their profile.",
     .at = PRINTER(images.policy), .names = policy_names, .fallback = "convert"},
    {"intent", PK_FIELD_ENUM, "How colours that the press cannot print are replaced.", .at = PRINTER(images.intent),
     .names = intent_names, .fallback = "relative"},
    {"most", PK_FIELD_NUMBER, "A picture with more pixels than this multiple of `wanted` is scaled down to `wanted`.",
     .at = PRINTER(images.most), .min = 1, .max = 100, .fallback = "1.5"},
    {"colour", PK_FIELD_STRUCT, "Pictures in colour.", .at = PRINTER(images.colour), .table = &colour_table},
    {"grey", PK_FIELD_STRUCT, "Pictures in grey.", .at = PRINTER(images.grey), .table = &grey_table},
    {"line", PK_FIELD_STRUCT, "Line art: pictures in black and white.", .at = PRINTER(images.line),
     .table = &line_table},
};

static const pk_fields image_table = FLAT_TABLE("images", "Pictures made of pixels.", image_fields);

/* ---- pages --------------------------------------------------------------- */

static const pk_field page_fields[] = {
    {"cover", PK_FIELD_ENUM,
     "The cover of a booklet whose sheets are stitched: in the file with its other pages, apart as single pages in a file "
     "of its own, or as a spread, the back and the front beside each other as they are printed.",
     .at = PRINTER(pages.cover), .names = cover_names, .fallback = "together"},
    {"bound-cover", PK_FIELD_ENUM,
     "The cover of a perfect-bound book: as a spread of back, spine and front in a file of its own, apart as single pages "
     "in one file and the spine in another, or together with the pages, without a spine.",
     .at = PRINTER(pages.bound_cover), .names = cover_names, .fallback = "spread"},
    {"multiple", PK_FIELD_INT, "The number of pages is a multiple of this.", .at = PRINTER(pages.multiple), .min = 1,
     .max = 64, .fallback = "1"},
    {"fill", PK_FIELD_ENUM, "What is done where it is not: refuse it, or add blank pages at the end.",
     .at = PRINTER(pages.fill), .names = multiple_names, .fallback = "refuse"},
    {"duplex", PK_FIELD_ENUM, "How an office printer turns the sheet to print its other side.",
     .at = PRINTER(pages.duplex), .names = duplex_names, .fallback = "none"},
};

static const pk_fields page_table =
    FLAT_TABLE("pages", "Single pages in reading order, and what of them goes into a file.", page_fields);

/* ---- the profile --------------------------------------------------------- */

static const pk_field printer_fields[] = {
    {"presskit", PK_FIELD_CUSTOM, "What the file is: printer/1.", .is_required = true, .read = pk_value_accept,
     .type_doc = "`printer/1`", .schema = "{\"const\":\"printer/1\"}"},
    {"title", PK_FIELD_TEXT, "What the profile is called.", .at = PRINTER(title)},
    {"description", PK_FIELD_TEXT, "What it is for.", .at = PRINTER(description)},
    {"standard", PK_FIELD_ENUM, "The standard that the PDF keeps.", .at = PRINTER(standard),
     .span_at = PRINTER(standard_span), .names = standard_names, .fallback = "PDF/X-4"},
    {"output-intent", PK_FIELD_STRUCT, "The press, ink and paper that the colours are made for.", .is_flat = true,
     .table = &intent_table},
    {"ink-limit", PK_FIELD_PERCENT, "The most ink at one place, all inks added up.", .at = PRINTER(ink_limit),
     .span_at = PRINTER(ink_limit_span), .min = 100, .max = 400, .fallback = "300%"},
    {"bleed", PK_FIELD_LENGTH, "How far what touches the edge is drawn over it, to be cut off.", .at = PRINTER(bleed),
     .span_at = PRINTER(bleed_span), .min = 0, .max = MM(30), .fallback = "3mm"},
    {"safe-margin", PK_FIELD_LENGTH, "Nothing that must not be cut comes nearer to the edge.",
     .at = PRINTER(safe_margin), .min = 0, .max = MM(50), .fallback = "3mm"},
    {"marks", PK_FIELD_STRUCT, "What is drawn around the page.", .is_flat = true, .table = &mark_table},
    {"black", PK_FIELD_STRUCT, "The rules for black.", .is_flat = true, .table = &black_table},
    {"smallest", PK_FIELD_STRUCT, "The smallest type and the thinnest lines.", .is_flat = true,
     .table = &smallest_table},
    {"images", PK_FIELD_STRUCT, "Pictures made of pixels.", .is_flat = true, .table = &image_table},
    {"spots", PK_FIELD_ENUM, "Whether spot inks get plates of their own, or are printed from the four process inks.",
     .at = PRINTER(spots), .names = spot_names, .fallback = "convert"},
    {"pages", PK_FIELD_STRUCT, "What goes into a file.", .is_flat = true, .table = &page_table},
    {"file-name", PK_FIELD_STRING,
     "How output files are named where no name is given, of {name} {plain-name} {lang} {layout} {date} {printer} "
     "{part} {pages} "
     "{first} "
     "{last} and letters.",
     .at = PRINTER(file_name), .span_at = PRINTER(file_name_span), .fallback = "{name}"},
    {"notes", PK_FIELD_TEXT, "What the one who sends the file should know.", .at = PRINTER(notes)},
};

const pk_fields pk_printer_fields = {
    .name = "printer",
    .doc = "One print shop's rules.",
    .fields = printer_fields,
    .count = G_N_ELEMENTS(printer_fields),
    .size = sizeof(pk_printer),
};
