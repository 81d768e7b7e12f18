errors-config-read = Cannot read the configuration file { $path } ({ $reason }). The data is not affected; check that the file may be read.
errors-config-not-utf8 = { $path }, line { $line }: not UTF-8 text. The data is not affected; save the file again as UTF-8.
errors-config-syntax = { $path }, line { $line }: not well-formed. The data is not affected; correct this line.
errors-config-unknown-key = { $path }, line { $line }: there is no key named “{ $key }”. The data is not affected; correct or remove this line.
errors-config-value = { $path }, line { $line }: the value of “{ $key }” is not valid. The data is not affected; correct this line.
errors-config-missing = { $path }, line { $line }: “{ $key }” is missing. The data is not affected; add it.
errors-config-twice = { $path }, line { $line }: “{ $key }” stands above already. The data is not affected; remove one of the two.
