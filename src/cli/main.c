/* presskit: the command. Thin: tables of commands and options over the library. */
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <presskit/presskit.h>

#include "commands.h"
#include "terminal.h"

#define AT(field) offsetof(settings, field)

static const option render_options[] = {
    {"layout", 'l', OPTION_TEXT, AT(layout), "NAME|FILE",
     .doc = "the look: 'presskit list layouts', or a file (default: press-release or the book's)"},
    {"office", 'O', OPTION_TEXT, AT(office), "FILE",
     .doc = "who publishes (default: the nearest office.yaml upward from the article)"},
    {"output", 'o', OPTION_TEXT, AT(output), "FILE",
     .doc = "where to (default: the article's name in this folder; - for standard output)"},
    {"format", 'f', OPTION_CHOICE, AT(format), .choices = format_names,
     .doc = "of the output (default: as the output's name ends, else pdf)"},
    {"edition", 'e', OPTION_CHOICE, AT(edition), .choices = edition_names,
     .doc = "for a print shop, a screen, an office printer, a look; or as words (default: press)"},
    {"printer", 'P', OPTION_TEXT, AT(printer), "NAME|FILE",
     .doc = "whose rules: a name from 'presskit list printers', or a file (default: as the edition)"},
    {"dpi", 'r', OPTION_NUMBER, AT(dpi), "N", .min = PRESSKIT_MIN_DPI, .max = PRESSKIT_MAX_DPI,
     .doc = "resolution of PNG (default: 144)"},
    {"pages", 'p', OPTION_TEXT, AT(pages), "RANGE", .doc = "only these: 1, 2-4, -3, 5-, or several with commas"},
    {"dump", 0, OPTION_CHOICE, AT(dump), .choices = dump_names,
     .doc = "print what a stage came to as text, and write nothing"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how errors and warnings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "do not name the files that were written"},
};

static const option impose_options[] = {
    {"scheme", 0, OPTION_CHOICE, AT(scheme), .choices = scheme_names,
     .doc = "how pages become sheets (default: saddle-stitch)"},
    {"sheet", 0, OPTION_TEXT, AT(sheet), "NAME|WxH",
     .doc = "A3, SRA3, A4 ... or 480x330mm (default: as large as needed)"},
    {"paper", 0, OPTION_TEXT, AT(paper), "LENGTH", .doc = "thickness of the paper, for creep: 0.1mm (default: 0)"},
    {"gutter", 'g', OPTION_TEXT, AT(gutter), "LENGTH", .doc = "between pages: 6mm (default: 0)"},
    {"duplex", 0, OPTION_CHOICE, AT(duplex), .choices = duplex_names,
     .doc = "the edge the printer turns on (default: auto, backs upright)"},
    {"blanks", 0, OPTION_CHOICE, AT(blanks), .choices = blanks_names, .doc = "where blank pages go (default: last)"},
    {"fold", 0, OPTION_CHOICE, AT(fold), .choices = fold_names, .doc = "of a leaflet of six (default: inward)"},
    {"up", 0, OPTION_CHOICE, AT(up), .choices = up_names, .doc = "pages to a side of cut-stack (default: 4)"},
    {"repeat", 0, OPTION_FLAG, AT(repeats), .doc = "2-up, 4-up: the same page in every place"},
    {"fit", 0, OPTION_FLAG, AT(fits), .doc = "make pages smaller where they do not fit"},
    {"no-marks", 0, OPTION_FLAG, AT(has_no_marks), .doc = "no crop, fold and registration marks"},
    {"printer", 'P', OPTION_TEXT, AT(printer), "NAME|FILE", .doc = "of articles (default: sheetfed-coated-x4)"},
    {"layout", 'l', OPTION_TEXT, AT(layout), "NAME|FILE", .doc = "of articles (default: press-release)"},
    {"office", 'O', OPTION_TEXT, AT(office), "FILE", .doc = "of articles (default: the nearest office.yaml)"},
    {"output", 'o', OPTION_TEXT, AT(output), "FILE",
     .doc = "where to (default: the first name with -imposed.pdf; - for standard output)"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how errors and warnings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "do not name the file that was written"},
};

static const option preflight_options[] = {
    {"printer", 'P', OPTION_TEXT, AT(printer), "NAME|FILE", .doc = "whose rules (default: sheetfed-coated-x4)"},
    {"layout", 'l', OPTION_TEXT, AT(layout), "NAME|FILE", .doc = "of articles (default: press-release)"},
    {"office", 'O', OPTION_TEXT, AT(office), "FILE", .doc = "of articles (default: the nearest office.yaml)"},
    {"report", 0, OPTION_TEXT, AT(report), "FILE", .doc = "write a report in JSON"},
    {"annotate", 0, OPTION_TEXT, AT(annotate), "FILE",
     .doc = "write a PDF, or of an article PNGs, with the findings drawn on the pages"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how findings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "no summary"},
};

static const option check_options[] = {
    {"layout", 'l', OPTION_TEXT, AT(layout), "NAME|FILE", .doc = "the look (default: press-release)"},
    {"office", 'O', OPTION_TEXT, AT(office), "FILE", .doc = "who publishes (default: the nearest office.yaml)"},
    {"edition", 'e', OPTION_CHOICE, AT(edition), .choices = edition_names,
     .doc = "what it is checked for (default: screen)"},
    {"printer", 'P', OPTION_TEXT, AT(printer), "NAME|FILE", .doc = "whose rules, for editions on paper"},
    {"report", 0, OPTION_TEXT, AT(report), "FILE", .doc = "write a report in JSON"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how findings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "no summary"},
};

static const option separations_options[] = {
    {"printer", 'P', OPTION_TEXT, AT(printer), "NAME|FILE", .doc = "whose plates (default: sheetfed-coated-x4)"},
    {"layout", 'l', OPTION_TEXT, AT(layout), "NAME|FILE", .doc = "the look (default: press-release)"},
    {"office", 'O', OPTION_TEXT, AT(office), "FILE", .doc = "who publishes (default: the nearest office.yaml)"},
    {"output", 'o', OPTION_TEXT, AT(output), "NAME.png",
     .doc = "NAME-1-cyan.png and so on (default: the article's name)"},
    {"dpi", 'r', OPTION_NUMBER, AT(dpi), "N", .min = PRESSKIT_MIN_DPI, .max = 600, .doc = "resolution (default: 144)"},
    {"pages", 'p', OPTION_TEXT, AT(pages), "RANGE", .doc = "only these: 1, 2-4, -3, 5-, or several with commas"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how errors and warnings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "do not name the files that were written"},
};

static const option batch_options[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "DIR", .doc = "the folder of what is made (default: out)"},
    {"jobs", 'j', OPTION_NUMBER, AT(jobs), "N", .min = 1, .max = 256,
     .doc = "how many pieces are made at once (default: one more than there are cores)"},
    {"only", 0, OPTION_TEXT, AT(only), "NAME|GLOB",
     .doc = "one document of the kit, or the pieces whose names are like this: 'press-*.pdf'"},
    {"force", 'F', OPTION_FLAG, AT(is_forced), .doc = "make what has not changed too"},
    {"dry-run", 'n', OPTION_FLAG, AT(is_dry_run), .doc = "check the kit, name the pieces, make none"},
    {"shard", 0, OPTION_TEXT, AT(shard), "K/N|auto", .doc = "only the K-th of N parts, for several machines"},
    {"zip", 0, OPTION_FLAG, AT(is_zipped), .doc = "also FOLDER.zip: all pieces, checksums and an index page"},
    {"report", 0, OPTION_TEXT, AT(report), "FILE", .doc = "write what became of each piece as JSON"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how errors and warnings are told (default: human)"},
    {"strict", 's', OPTION_FLAG, AT(is_strict), .doc = "warnings are errors"},
    {"quiet", 'q', OPTION_FLAG, AT(is_quiet), .doc = "tell only what goes wrong"},
};

static const option report_options[] = {
    {"output", 'o', OPTION_TEXT, AT(output), "FILE", .doc = "where to (default: standard output)"},
    {"diagnostics", 'd', OPTION_CHOICE, AT(diagnostics), .choices = diagnostics_names,
     .doc = "how errors and warnings are told (default: human)"},
};

static const option schema_options[] = {
    {"markdown", 'm', OPTION_FLAG, AT(is_markdown), .doc = "a reference for people instead of JSON Schema"},
};

static const char *const kind_names[] = {"article", "layout", "office", "printer", "kit", "book", NULL};

static const command commands[] = {
    {"render", "ARTICLE|BOOK", "make a PDF or pictures of an article or a book",
     "The output appears whole or not at all, and never over a file it is made from. Several pages as PNG become "
     "NAME-1.png, NAME-2.png and so on.",
     "  presskit render release.md --layout handout\n"
     "  presskit render release.md -o preview.png --pages 1 --dpi 96",
     render_options, G_N_ELEMENTS(render_options), 1, 1, NULL, command_render},
    {"batch", "KIT", "make all pieces of a kit",
     "Documents, languages, layouts, editions, printers and rows of data, as kit.yaml says. What has not changed is "
     "left "
     "alone; a run that was ended is gone on with by the same command. A piece that fails stops no other.",
     "  presskit batch kit.yaml -o out\n"
     "  presskit batch kit.yaml --only invitation --report report.json",
     batch_options, G_N_ELEMENTS(batch_options), 1, 1, NULL, command_batch},
    {"report", "REPORT.json...", "put the reports of shards together",
     "Of the reports of 'presskit batch --shard K/N --report', each part once, it makes that of the whole batch.",
     "  presskit report out.reports/*.json -o report.json", report_options, G_N_ELEMENTS(report_options), 1, SIZE_MAX,
     NULL, command_report},
    {"impose", "PDF|ARTICLE|BOOK...", "place pages on printer's sheets",
     "Pages of PDF files, anybody's, of articles and of books follow each other. Each side of a sheet becomes a page of the "
     "result, with marks around it where there is paper.",
     "  presskit impose booklet.pdf --sheet SRA3 --paper 0.1mm\n"
     "  presskit impose card.pdf --scheme 4-up --repeat --sheet A4",
     impose_options, G_N_ELEMENTS(impose_options), 1, SIZE_MAX, NULL, command_impose},
    {"check", "ARTICLE|BOOK|KIT...", "say all that a render would, and whom the text keeps out",
     "Who hears a text read aloud needs words for its pictures and links, headings without gaps and the language of "
     "foreign words; who sees badly needs contrast. Nothing is made.",
     "  presskit check release.md --layout handout\n"
     "  presskit check *.md --report checked.json",
     check_options, G_N_ELEMENTS(check_options), 1, SIZE_MAX, NULL, command_check},
    {"preflight", "PDF|ARTICLE|BOOK...", "check what a print shop would check",
     "Of articles and books it names the line that is to blame, of PDF files, anybody's, the page. 'presskit render' checks the "
     "press edition by itself.",
     "  presskit preflight release.md --layout handout\n"
     "  presskit preflight advert.pdf --printer newsprint --annotate advert-checked.pdf",
     preflight_options, G_N_ELEMENTS(preflight_options), 1, SIZE_MAX, NULL, command_preflight},
    {"separations", "ARTICLE|BOOK", "show what is on each plate",
     "A grey picture of each plate, black where there is full ink, and one in colours of all inks added up, with a "
     "circle "
     "where there is most.",
     "  presskit separations release.md --layout handout -o plates.png --pages 1", separations_options,
     G_N_ELEMENTS(separations_options), 1, 1, NULL, command_separations},
    {"list", "layouts|fonts|languages|printers", "show what there is to choose from", NULL, "  presskit list layouts",
     NULL, 0, 1, 1, listing_names, command_list_what},
    {"new", "printer NAME | kit DIR | book DIR", "write a file, a kit or a book to start from",
     "A printer profile holds every field with what it means and its default; a kit and a book are folders that work as "
     "they are. A file that is there is never written over.",
     "  presskit new printer our-shop\n"
     "  presskit render release.md --printer our-shop.yaml\n"
     "  presskit new kit open-day && presskit batch open-day -o out\n"
     "  presskit new book year && presskit render year/book.en.yaml",
     NULL, 0, 2, 2, new_names, command_new},
    {"schema", "article|layout|office|printer|kit|book", "print the JSON Schema of a kind of file",
     "An editor that is given the schema completes and checks the file while you type.",
     "  presskit schema layout > layout.schema.json\n"
     "  presskit schema office --markdown",
     schema_options, G_N_ELEMENTS(schema_options), 1, 1, kind_names, command_schema},
    {"explain", "[CODE]", "say what a diagnostic means, or list them all", NULL, "  presskit explain font-missing",
     NULL, 0, 0, 1, NULL, command_explain},
    {"cache", "info|clear", "show or empty the cache", "It holds what is costly to make and bounds itself.",
     "  presskit cache info", NULL, 0, 1, 1, cache_names, command_cache},
    {"help", "[COMMAND]", "show how to use a command", NULL, "  presskit help render", NULL, 0, 0, 1, NULL,
     command_help},
};

const command *command_list(size_t *count) {
  *count = G_N_ELEMENTS(commands);
  return commands;
}

const command *command_find(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  return NULL;
}

static int run_command(const command *of, int argc, char **argv) {
  settings given;
  int status = EXIT_USAGE;
  if (options_read(of, argc, argv, &given)) {
    status = 0;
    if (given.has_help)
      help_print(of);
    else
      status = of->run(&given);
  }
  g_free(given.arguments);
  return status;
}

static int run(int argc, char **argv) {
  if (argc < 2) return usage_error(NULL, "which command?");
  const char *name = argv[1];
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
    put_line("presskit %s", presskit_version());
    return 0;
  }
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
    help_print(NULL);
    return 0;
  }
  const command *of = command_find(name);
  if (of) return run_command(of, argc - 2, argv + 2);
  const char *names[G_N_ELEMENTS(commands) + 1] = {NULL};
  for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) names[i] = commands[i].name;
  g_autofree char *what = suggest(name, "", names);
  return usage_error(NULL, "there is no command %s", what);
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN); /* a reader that goes away shows as an error of the write */
  return finish(run(argc, argv));
}
