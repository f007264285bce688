# Completion of presskit for bash. Layouts and printers are asked of presskit itself.

# Files of these endings, and folders.
_presskit_files() {
  local word=$1 ending
  shift
  for ending; do compgen -f -X "!*.$ending" -- "$word" || :; done
  compgen -d -- "$word" || :
}

_presskit() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  local program=${COMP_WORDS[0]} words
  COMPREPLY=()

  # `--layout=handout` comes as three words.
  if [[ $word == '=' ]]; then
    word=
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'render batch report impose check preflight separations list new schema explain cache help --help --version' -- "$word")
    return
  fi

  case $command:$previous in
  render:-l | render:--layout | impose:-l | impose:--layout | check:-l | check:--layout | preflight:-l | preflight:--layout | separations:-l | separations:--layout)
    words=$("$program" list layouts 2>/dev/null | cut -f1)
    mapfile -t COMPREPLY < <(
      compgen -W "$words" -- "$word"
      _presskit_files "$word" yaml yml
    )
    return
    ;;
  render:-P | render:--printer | impose:-P | impose:--printer | check:-P | check:--printer | preflight:-P | preflight:--printer | separations:-P | separations:--printer)
    words=$("$program" list printers 2>/dev/null | cut -f1)
    mapfile -t COMPREPLY < <(
      compgen -W "$words" -- "$word"
      _presskit_files "$word" yaml yml
    )
    return
    ;;
  render:-O | render:--office | impose:-O | impose:--office | check:-O | check:--office | preflight:-O | preflight:--office | separations:-O | separations:--office)
    mapfile -t COMPREPLY < <(_presskit_files "$word" yaml yml)
    return
    ;;
  render:-o | render:--output | impose:-o | impose:--output | separations:-o | separations:--output)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
    ;;
  render:-f | render:--format) words='pdf png' ;;
  render:-e | render:--edition | check:-e | check:--edition) words='press screen office proof text html' ;;
  render:-d | render:--diagnostics | impose:-d | impose:--diagnostics | check:-d | check:--diagnostics | preflight:-d | preflight:--diagnostics | separations:-d | separations:--diagnostics) words='human short json' ;;
  render:--dump) words='article style para page list' ;;
  render:-r | render:--dpi) words='72 96 144 300' ;;
  render:-p | render:--pages) return ;;
  list:*) words='layouts fonts languages printers --help' ;;
  new:*) words='printer kit book --help' ;;
  schema:*) words='article layout office printer kit book --markdown --help' ;;
  explain:*) words="$("$program" explain 2>/dev/null | cut -f1) --help" ;;
  help:*) words='render batch report impose check preflight separations list new schema explain cache help' ;;
  separations:-r | separations:--dpi) words='72 144 300' ;;
  separations:-p | separations:--pages) return ;;
  separations:*)
    if [[ $word == -* ]]; then
      words='--printer --layout --office --output --dpi --pages --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" md markdown txt yaml yml)
      return
    fi
    ;;
  batch:-o | batch:--output)
    mapfile -t COMPREPLY < <(compgen -d -- "$word")
    return
    ;;
  batch:--report)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
    ;;
  batch:-d | batch:--diagnostics) words='human short json' ;;
  batch:--shard) words='auto' ;;
  batch:-j | batch:--jobs | batch:--only) return ;;
  batch:*)
    if [[ $word == -* ]]; then
      words='--output --jobs --only --force --dry-run --shard --zip --report --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" yaml yml)
      return
    fi
    ;;
  cache:*) words='info clear --help' ;;
  report:-o | report:--output)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
    ;;
  report:-d | report:--diagnostics) words='human short json' ;;
  report:*)
    if [[ $word == -* ]]; then
      words='--output --diagnostics --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" json)
      return
    fi
    ;;
  preflight:--report | preflight:--annotate | check:--report)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
    ;;
  check:*)
    if [[ $word == -* ]]; then
      words='--layout --office --edition --printer --report --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" md markdown txt yaml yml)
      return
    fi
    ;;
  preflight:*)
    if [[ $word == -* ]]; then
      words='--printer --layout --office --report --annotate --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" pdf md markdown txt yaml yml)
      return
    fi
    ;;
  impose:--scheme) words='saddle-stitch 2-up 4-up cut-stack leaflet' ;;
  impose:--sheet) words='A4 SRA4 A3 SRA3 A2 SRA2' ;;
  impose:--duplex) words='auto long-edge short-edge' ;;
  impose:--blanks) words='last before-back' ;;
  impose:--fold) words='inward zigzag' ;;
  impose:--up) words='2 4 8' ;;
  impose:--paper | impose:-g | impose:--gutter) return ;;
  impose:*)
    if [[ $word == -* ]]; then
      words='--scheme --sheet --paper --gutter --duplex --blanks --fold --up --repeat --fit --no-marks --printer --layout
        --office --output --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" pdf md markdown txt yaml yml)
      return
    fi
    ;;
  render:*)
    if [[ $word == -* ]]; then
      words='--layout --office --output --format --edition --printer --dpi --pages --dump --diagnostics --strict --quiet --help'
    else
      mapfile -t COMPREPLY < <(_presskit_files "$word" md markdown txt yaml yml)
      return
    fi
    ;;
  *) return ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o filenames -o bashdefault -F _presskit presskit
