printf "PK\003\004\024\000\006\000" > kit-data-is-excel.xlsx
