errors-config-read = Cannot read the configuration file { $path }: { $reason }. The data is not affected.
errors-config-not-utf8 = { $path }, line { $line }: a configuration file must be UTF-8 text. The data is not affected; save the file again as UTF-8.
errors-config-syntax = { $path }, line { $line }: not valid TOML ({ $detail }). The data is not affected; correct this line.
errors-config-unknown-key = { $path }, line { $line }: there is no key named “{ $key }”. The data is not affected; correct or remove this line.
errors-config-value = { $path }, line { $line }: not a valid value ({ $detail }). The data is not affected; correct this line.
