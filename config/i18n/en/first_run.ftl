first-run-choose-language = Language
