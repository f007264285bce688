printf 'name;town\nAna;Loznica\n' | iconv -t UTF-16 > kit-utf-16.csv
