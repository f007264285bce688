printf 'presskit: office/1\nname: Kancelarija \232umadija\n' > office-windows-1250.office.yaml
